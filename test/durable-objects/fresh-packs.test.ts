import { expect, it } from "vitest";
import { gapOf } from "../../durable-objects/frames-of.ts";
import { FRESH_BYTES, FreshPacks } from "../../durable-objects/fresh-packs.ts";
import type { KeptPack } from "../../durable-objects/recent-packs.ts";

const pack = (firstSeq: number, bytes: number, shard = 0): KeptPack => ({
  ...{ shard, firstSeq, count: 10, body: new Uint8Array(bytes), receivedMs: 0, streamMs: 0 },
});

function freshOf(...packs: KeptPack[]): FreshPacks {
  const fresh = new FreshPacks();
  for (const one of packs) fresh.add("web", one);
  return fresh;
}

const leftOut = (shard: number, first: number, last: number) => gapOf("web", shard, first, last, "no_longer_in_memory");

it("keeps packs up to its bound", () => {
  const packs = [pack(1, FRESH_BYTES - 1), pack(11, 1)];
  expect(freshOf(...packs).take()).toEqual({ packs, gaps: [] });
});

it("one byte past it leaves the oldest out, as a gap with its numbers", () => {
  const packs = [pack(1, 1), pack(11, FRESH_BYTES - 1), pack(21, 1)];
  expect(freshOf(...packs).take()).toEqual({ packs: packs.slice(1), gaps: [leftOut(0, 1, 10)] });
});

it("tells of all that is left out of a shard as one gap", () => {
  const half = FRESH_BYTES / 2;
  const packs = [pack(1, half), pack(1, half, 1), pack(11, half), pack(11, half, 1), pack(21, half), pack(31, half)];
  expect(freshOf(...packs).take()).toEqual({ packs: packs.slice(4), gaps: [leftOut(0, 1, 20), leftOut(1, 1, 20)] });
});

it("keeps a pack that is larger than the bound by itself", () => {
  const packs = [pack(1, 1), pack(11, FRESH_BYTES + 1)];
  expect(freshOf(...packs).take()).toEqual({ packs: packs.slice(1), gaps: [leftOut(0, 1, 10)] });
});

it("is empty once taken, and counts from nothing again", () => {
  const fresh = freshOf(pack(1, FRESH_BYTES));
  expect([fresh.isEmpty(), fresh.holds(pack(1, 0)), fresh.holds(pack(1, 0, 1))]).toEqual([false, true, false]);
  fresh.take();
  expect([fresh.isEmpty(), fresh.holds(pack(1, 0))]).toEqual([true, false]);
  fresh.add("web", pack(11, FRESH_BYTES));
  expect(fresh.take()).toEqual({ packs: [pack(11, FRESH_BYTES)], gaps: [] });
});

it("keeps gaps of other reasons apart", () => {
  const fresh = freshOf(pack(11, FRESH_BYTES), pack(21, 1));
  const notTold = gapOf("web", 0, 21, 30, "not_told");
  fresh.addGap(notTold);
  expect(fresh.take().gaps).toEqual([leftOut(0, 11, 20), notTold]);
});
