import fc from "fast-check";
import { expect, it } from "vitest";
import { type Plan, planOf } from "../../../core/fields/plan-of.ts";
import { recordOfFields, recordOfValues } from "../../../core/fields/record-of-fields.ts";
import { CONTEXT } from "../parse/context.ts";

const name = fc.constantFrom(
  ...["time", "ts", "level", "severity", "msg", "message", "status", "path", "url", "ip", "user", "pid", "name"],
  ...["duration", "resp_headers", "request_id", "error", "host", "req", "res", "__proto__", "7", "fields"],
);
const value = fc.oneof(
  fc.constantFrom<unknown>("", "-", null, "info", "GET /a HTTP/1.1", "/a?b=c", "10.0.0.1", "2026-01-05T08:00:00Z"),
  fc.constantFrom<unknown>(200, 1.5, true, { method: "GET", url: "/x", id: 7 }, { statusCode: 200 }, [1], { a: {} }),
  fc.string(),
  fc.integer(),
);
const pairs = fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key, maxLength: 12 });

it("reads names of which none has to be preferred as any others", () => {
  let simple = 0;
  fc.assert(
    fc.property(pairs, (given) => {
      const plan = planOf(given.map(([key]) => key));
      if (!plan.isSimple) return;
      simple++;
      const values = given.map(([, each]) => each);
      const slowly: Plan = { ...plan, isSimple: false };
      expect(recordOfValues(plan, values, "line", CONTEXT)).toEqual(recordOfValues(slowly, values, "line", CONTEXT));
    }),
    { numRuns: 1_000 },
  );
  expect(simple).toBeGreaterThan(100);
});

it("gives the same record whatever was read before", () => {
  fc.assert(
    fc.property(pairs, pairs, (given, other) => {
      const fields = Object.fromEntries(given.filter(([key]) => key !== "__proto__"));
      const first = recordOfFields({ fields }, CONTEXT);
      recordOfFields({ fields: Object.fromEntries(other) }, CONTEXT);
      expect(recordOfFields({ fields }, CONTEXT)).toEqual(first);
    }),
    { numRuns: 300 },
  );
});

it("is not simple where two names stand for one field, or one comes twice", () => {
  expect(planOf(["level", "msg"]).isSimple).toBe(true);
  expect(planOf(["level", "severity"]).isSimple).toBe(false);
  expect(planOf(["a", "a"]).isSimple).toBe(false);
});
