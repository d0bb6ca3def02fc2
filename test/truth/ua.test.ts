import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Agent, agentOf } from "../../core/enrich/user-agent/agent-of.ts";

/** User agents with the families that uap-core's own tests expect; most are rare programs. */
const FOLDER = "../shared/data/ua/";
const HERE = existsSync(FOLDER);

if (!HERE) console.warn(`skipped: uap-core's user agents are not in ${FOLDER}`);

interface Row {
  line: string;
  expect: { family: string };
}

const rows = (file: string): Row[] =>
  readFileSync(FOLDER + file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe.skipIf(!HERE)("user agents of uap-core", () => {
  it.each<[string, string, (agent: Agent) => string | undefined, number]>([
    ["browsers", "test_ua.jsonl", ({ browser }) => browser, 0.87],
    ["systems", "test_os.jsonl", ({ os }) => os, 0.97],
  ])("%s have its family", (name, file, familyOf, least) => {
    const all = rows(file);
    const right = all.filter(({ line, expect: { family } }) => (familyOf(agentOf(line)) ?? "Other") === family).length;
    console.log(
      `user agents, ${name}: ${right} of ${all.length} families (${((right / all.length) * 100).toFixed(1)} %)`,
    );
    expect(right / all.length).toBeGreaterThanOrEqual(least);
  });
});
