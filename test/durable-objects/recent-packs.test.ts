import { expect, it } from "vitest";
import {
  KEPT_BYTES,
  KEPT_MS,
  type KeptPack,
  MAX_REQUEST_IDS,
  RecentPacks,
} from "../../durable-objects/recent-packs.ts";
import { SharedRoom } from "../../durable-objects/shared-room.ts";

const roomy = () => new SharedRoom(Number.MAX_SAFE_INTEGER);

const pack = (firstSeq: number, bytes: number, receivedMs = 0): KeptPack => ({
  ...{ shard: 0, firstSeq, count: 1, body: new Uint8Array(bytes), receivedMs, streamMs: receivedMs },
});

it("holds as many bytes as a stream may, and one more drives the oldest out", () => {
  const recent = new RecentPacks(roomy());
  recent.add(pack(1, KEPT_BYTES - 10));
  recent.add(pack(2, 10));
  expect(recent.firstHeld(2)).toBe(1);
  recent.add(pack(3, 1));
  expect(recent.firstHeld(3)).toBe(2);
  expect(recent.bytes()).toBe(11);
});

it("is empty once it has forgotten", () => {
  const recent = new RecentPacks(roomy());
  recent.add(pack(1, 10));
  recent.forgetAll();
  expect([recent.bytes(), recent.after(0), recent.firstHeld(1)]).toEqual([0, [], 2]);
  recent.add(pack(2, 10));
  expect(recent.firstHeld(2)).toBe(2);
});

it("holds fifteen minutes, and forgets what is a millisecond older", () => {
  const recent = new RecentPacks(roomy());
  recent.add(pack(1, 10, 1_000));
  recent.add(pack(2, 10, 1_000 + KEPT_MS));
  expect(recent.firstHeld(2)).toBe(1);
  recent.add(pack(3, 10, 1_001 + KEPT_MS));
  expect(recent.firstHeld(3)).toBe(2);
});

it("shares its room with other streams: whoever holds most gives up its oldest", () => {
  const room = new SharedRoom(100);
  const [busy, quiet] = [new RecentPacks(room), new RecentPacks(room)];
  quiet.add(pack(1, 10));
  for (let seq = 1; seq <= 9; seq++) busy.add(pack(seq, 10));
  expect(busy.firstHeld(9)).toBe(1);

  busy.add(pack(10, 1));
  expect(busy.firstHeld(10)).toBe(2);
  expect(quiet.firstHeld(1)).toBe(1);

  for (let seq = 2; seq <= 20; seq++) quiet.add(pack(seq, 10));
  expect(busy.bytes() + quiet.bytes()).toBeLessThanOrEqual(100);
  expect(Math.abs(busy.bytes() - quiet.bytes())).toBeLessThanOrEqual(20);
});

it("gives up everything, and no more than that, where nothing fits", () => {
  const recent = new RecentPacks(new SharedRoom(0));
  recent.add(pack(1, 10));
  expect(recent.bytes()).toBe(0);
  expect(recent.firstHeld(1)).toBe(2);
});

it("names the newest requests that brought some records, each once and no more than a log line shows", () => {
  const recent = new RecentPacks(roomy());
  for (let seq = 1; seq <= 20; seq++) recent.add({ ...pack(seq, 1), requestId: `request-${Math.ceil(seq / 2)}` });
  expect(recent.requestIdsOf({ firstSeq: 3, lastSeq: 6 })).toEqual(["request-3", "request-2"]);
  expect(recent.requestIdsOf({ firstSeq: 5, lastSeq: 20 })).toHaveLength(MAX_REQUEST_IDS);
  expect(recent.requestIdsOf({ firstSeq: 3, lastSeq: 20 })).toHaveLength(MAX_REQUEST_IDS);
  expect(recent.requestIdsOf({ firstSeq: 21, lastSeq: 30 })).toEqual([]);
});
