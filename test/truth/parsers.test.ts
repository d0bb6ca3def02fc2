import { describe, expect, it } from "vitest";
import { type Score, scores } from "../../bench/parser-truth/formats.ts";
import { hasTruth } from "../../bench/parser-truth/truth-cases.ts";

/** Of the cases of other projects' own suites; the reasons of the rest stand in bench/parser-truth/disagreements.ts. */
const MIN_SHARE = 0.98;

/** Products beyond the promised ones: measured, not promised. */
const UNPROMISED = new Set(["access_other_products"]);

/** A handful of cases, of which one is all that 2 % would allow. */
const FEW = 20;

const results: Score[] = hasTruth ? scores().filter(({ format }) => !UNPROMISED.has(format)) : [];

describe.skipIf(!hasTruth)("parsers agree with other projects' suites (needs ../shared/data)", () => {
  it.each(results)("on $format", ({ passed, cases, failures }) => {
    const least = cases < FEW ? cases - 1 : cases * MIN_SHARE;
    expect(
      passed,
      failures.map(({ line, why }) => `${line.slice(0, 120)}\n  ${why}`).join("\n"),
    ).toBeGreaterThanOrEqual(least);
  });
});
