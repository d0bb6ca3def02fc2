import fc from "fast-check";
import { expect, it } from "vitest";
import { quotaShare } from "../../../core/delivery/quota-share.ts";

it("gives all shards together exactly the quota, and none more than one record above another", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 64 }), (limit, shards) => {
      const shares = Array.from({ length: shards }, (_, shard) => quotaShare(limit, shards, shard));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(limit);
      expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
    }),
  );
});
