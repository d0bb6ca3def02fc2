import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PostError } from "../../../clients/js/post-batch.ts";
import { Meter, percentile } from "../../../tools/sending/meter.ts";
import { summaryOf } from "../../../tools/sending/progress.ts";

const outcome = { attempts: 1, tookMs: 4, lines: ["a", "b", "c"] };

describe("Meter", () => {
  it("is complete when every line is accepted or dropped by a rule", () => {
    const meter = new Meter();
    meter.sent(3);
    expect(meter.complete).toBe(false);
    meter.ended({ ...outcome, answer: { accepted: 2, dropped: { healthcheck: 1 }, refused: [] } });
    expect(meter.complete).toBe(true);
  });

  it("is not complete when one is refused", () => {
    const meter = new Meter();
    meter.sent(3);
    meter.ended({ ...outcome, answer: { accepted: 2, dropped: {}, refused: [{ index: 1, reason: "too_deep" }] } });
    expect(meter.complete).toBe(false);
    expect(summaryOf(meter, 1_000)).toBe(
      "3 sent, 2 acknowledged, 1 refused, 2 lines/s, ack p50 4.0 ms p99 4.0 ms, refused: too_deep",
    );
  });

  it("counts the lines of a batch that was given up", () => {
    const meter = new Meter();
    meter.sent(3);
    meter.ended({ ...outcome, error: new PostError(401, "unauthorized", "no such key") });
    expect(meter.tally).toEqual({ sent: 3, acknowledged: 0, refused: 0, lost: 3 });
    expect(summaryOf(meter, 1_000)).toContain("3 lost");
  });
});

describe("percentile", () => {
  it("is a value that the share does not exceed", () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, share) => {
        const found = percentile(list, share);
        expect(list).toContain(found);
        expect(list.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * list.length);
      }),
    );
  });

  it("is NaN of nothing", () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});
