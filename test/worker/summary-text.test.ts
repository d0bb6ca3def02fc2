import { expect, it } from "vitest";
import { LogRecord } from "../../core/record.ts";
import { STATS_SECTIONS, topSections } from "../../core/stats/needed-sections.ts";
import { decodeSummary } from "../../core/summary/decode-summary.ts";
import { encodeSummary } from "../../core/summary/encode-summary.ts";
import type { SectionName } from "../../core/summary/sections.ts";
import { addRecord, emptySummary } from "../../core/summary/summary.ts";
import { summaryText } from "../../worker/query/summary-text.ts";
import { bindings } from "./ask.ts";

const full = emptySummary();
for (let n = 0; n < 40; n++) {
  addRecord(
    full,
    Object.assign(new LogRecord(), {
      ...{
        level: "info",
        status: 200 + n,
        bytes: n,
        durationMs: n,
        ip: `10.0.0.${n}`,
        user: `ü${n}`,
        path: `/${n} levels 3`,
      },
      ...{ pathTemplate: "/:n", country: "DE", browser: "Firefox", method: "GET", host: "é", app: "a" },
    }),
  );
}
const bare = emptySummary();
addRecord(bare, new LogRecord());
const onlyHost = emptySummary();
addRecord(onlyHost, Object.assign(new LogRecord(), { host: "db" }));

const asked: [string, ReadonlySet<SectionName>][] = [
  ["statistics", STATS_SECTIONS],
  ["nothing but the count", new Set()],
  ...(["status", "level", "path", "pathTemplate", "ip", "host", "app", "browser"] as const).map(
    (dimension): [string, ReadonlySet<SectionName>] => [dimension, topSections(dimension)],
  ),
];

it.each(asked)("gives what %s need, of any summary", async (_name, only) => {
  for (const summary of [full, bare, onlyHost, emptySummary()]) {
    const text = encodeSummary(summary);
    const cut = await bindings.DB.prepare(`SELECT ${summaryText(only)} AS cut FROM (SELECT ?1 AS summary)`)
      .bind(text)
      .first<string>("cut");
    expect(decodeSummary(cut!, only)).toEqual(decodeSummary(text, only));
    expect(cut!.length).toBeLessThanOrEqual(text.length);
  }
});
