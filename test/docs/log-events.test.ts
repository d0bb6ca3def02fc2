import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const FOLDERS = ["worker", "durable-objects"];

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(join(ROOT, folder, path), "utf8") })),
);
const operations = readFileSync(join(ROOT, "docs/operations.md"), "utf8");
const [, warnings = "", errors = ""] = operations.split(/^\*\*(?:warn|error)\*\*/m);

const eventsOf = (log: string) =>
  sources.flatMap(({ text }) =>
    [...text.matchAll(new RegExp(`\\b${log}\\(\\s*"(\\w+)"`, "g"))].map(([, event]) => event!),
  );

describe("docs/operations.md says what is meant by", () => {
  it.each([...new Set(eventsOf("logWarning"))])("the warning %s", (event) => {
    expect(warnings).toContain(`\`${event}\``);
  });

  it.each([...new Set(eventsOf("logError"))])("the error %s", (event) => {
    expect(errors).toContain(`\`${event}\``);
  });

  it("no event that there is not", () => {
    const known = new Set([...eventsOf("logWarning"), ...eventsOf("logError")]);
    const told = [...`${warnings}${errors.split("\n\n").slice(0, 2).join("")}`.matchAll(/^\|(.+?)\|/gm)].flatMap(
      ([, cell]) => [...cell!.matchAll(/`(\w+)`/g)].map(([, event]) => event!),
    );
    expect(told.filter((event) => !known.has(event))).toEqual([]);
  });
});

it("logs in one way only", () => {
  const others = sources.filter(({ path, text }) => path !== "durable-objects/log.ts" && /\bconsole\.\w+\(/.test(text));
  expect(others.map(({ path }) => path)).toEqual([]);
});
