import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldsOf } from "../../../core/query/fields-of.ts";
import { parseFilter } from "../../../core/query/parse-filter.ts";
import { predicateOf } from "../../../core/query/predicate-of.ts";
import { LogRecord } from "../../../core/record.ts";
import { NOW_MS } from "./arbitraries/values.ts";
import { question } from "./stored.ts";

describe("fieldsOf", () => {
  it.each([
    ["", []],
    ["status:500 -level:error", ["status", "level"]],
    ["service:web time:>-1h", ["service", "tsMs"]],
    ["attrs.a:1 has:b", ["attrs"]],
    ["path_template:/x", ["pathTemplate", "path"]],
    ["ip:10.0.0.0/8", ["ip"]],
    ["timeout", ["message", "path", "referrer", "userAgent", "raw", "attrs"]],
    ["10.0.0.1", ["message", "path", "referrer", "userAgent", "raw", "attrs", "ip"]],
  ])("%s", (q, fields) => {
    const parsed = parseFilter(q);
    expect(parsed.ok && [...fieldsOf(parsed.value)].sort()).toEqual(fields.sort());
  });

  it("names all that the predicate reads", () => {
    fc.assert(
      fc.property(question, ([stored, filter]) => {
        const fields = fieldsOf(filter);
        const matches = predicateOf(filter, NOW_MS);
        for (const { record, service } of stored) {
          const part = Object.fromEntries(
            Object.entries(record).filter(([name]) => fields.has(name as keyof LogRecord)),
          );
          const fetched = Object.assign(new LogRecord(), part);
          expect(matches(fetched, fields.has("service") ? service : "")).toBe(matches(record, service));
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
