import { runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import type { ServiceStream } from "../../durable-objects/service-stream.ts";
import type { UnconfirmedRange } from "../../durable-objects/unconfirmed.ts";
import { appendOf, bindings, NOW_MS, recordOf } from "./stream-fixture.ts";

/** Compresses to more than half a message. */
const noise = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(48_000)), (byte) => String.fromCharCode(33 + (byte % 90))).join("");

const seqsOf = (ranges: readonly UnconfirmedRange[]) => ranges.map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq]);

it("tells what is not confirmed in ranges that stay the same; only the last one grows", async () => {
  const service = "ranges";
  await runInDurableObject(bindings.STREAMS.getByName(`${service}/0`), async (instance: ServiceStream, { storage }) => {
    const all = () => instance.unconfirmedRanges(0, Number.MAX_SAFE_INTEGER);
    const append = async (message: string, tsMs = NOW_MS) => {
      await instance.append(appendOf(service, [recordOf({ message, tsMs })]));
      // Nothing is sent meanwhile.
      await storage.deleteAlarm();
    };
    expect(await all()).toEqual([]);
    await append("one");
    const first = await all();
    expect(seqsOf(first)).toEqual([[1, 1]]);
    await append("two", NOW_MS + 5_000);
    expect(seqsOf(await all())).toEqual([[1, 2]]);
    for (let n = 0; n < 4; n++) await append(noise());
    const before = await all();
    expect(before.length).toBeGreaterThan(1);
    expect(before.at(-1)!.lastSeq).toBe(6);

    expect(seqsOf(await instance.unconfirmedRanges(NOW_MS + 1, NOW_MS + 6_000))).toEqual([seqsOf(before)[0]]);
    expect(await instance.unconfirmedRanges(NOW_MS + 6_000, NOW_MS + 9_000)).toEqual([]);
    expect(await instance.unconfirmedRanges(0, NOW_MS)).toEqual([]);

    await instance.alarm();
    const sent = await all();
    expect(sent.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    await instance.confirm([{ firstSeq: sent[0]!.firstSeq, lastSeq: sent[0]!.lastSeq }]);
    expect(await all()).toEqual(sent.slice(1));
  });
});
