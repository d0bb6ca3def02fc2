import { describe, expect, it } from "vitest";
import { planRound, textOfEvent } from "../../../tools/chaos/plan.ts";
import { Random } from "../../../tools/simulate/random.ts";

const plans = Array.from({ length: 200 }, (_, seed) => planRound(new Random(seed), 12));

describe("planRound", () => {
  it("is the same for the same seed", () => {
    expect(planRound(new Random(7), 12)).toEqual(plans[7]);
    expect(plans[7]).not.toEqual(plans[8]);
  });

  it("kills once, in the second half, and loses no confirmation after that", () => {
    for (const plan of plans) {
      const kills = plan.filter(({ event }) => event.kind === "kill");
      expect(kills).toHaveLength(1);
      expect(kills[0]!.atMs).toBeGreaterThanOrEqual(6_000);
      expect(kills[0]!.atMs).toBeLessThanOrEqual(10_800);
      const later = plan.filter(({ atMs }) => atMs > kills[0]!.atMs).map(textOfEvent);
      expect(later.join()).not.toContain("confirmations");
    }
  });

  it("has every fault, shard counts and broken sockets, over some rounds", () => {
    const words = new Set(plans.flat().map((event) => textOfEvent(event).replace(/ at .*| shards/g, "")));
    for (const word of ["kill", "cut sockets", "healed", "1", "5", "database down", "database full", "database slow"])
      expect(words).toContain(word);
    for (const word of ["database lost_answer", "queue down", "queue twice", "queue late", "deliveries shuffled"])
      expect(words).toContain(word);
    for (const word of ["queue lost_answer", "deliveries twice", "bucket down", "confirmations down"])
      expect(words).toContain(word);
  });
});
