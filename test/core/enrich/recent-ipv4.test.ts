import fc from "fast-check";
import { expect, it } from "vitest";
import { RecentIpv4 } from "../../../core/enrich/recent-ipv4.ts";

it("tells of an address what was said of it last, or nothing", () => {
  const ipv4 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.array(fc.tuple(ipv4, fc.nat({ max: 65_534 }))), (given) => {
      const recent = new RecentIpv4();
      const said = new Map<number, number>();
      for (const [ip, value] of given) {
        expect([undefined, said.get(ip)]).toContain(recent.get(ip));
        recent.set(ip, value);
        said.set(ip, value);
        expect(recent.get(ip)).toBe(value);
      }
    }),
    { numRuns: 20 },
  );
});

it("knows nothing of 0.0.0.0 at first", () => {
  expect(new RecentIpv4().get(0)).toBeUndefined();
});
