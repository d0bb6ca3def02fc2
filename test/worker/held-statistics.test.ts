import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { ServiceStream } from "../../durable-objects/service-stream.ts";
import type { Env } from "../../worker/env.ts";
import { heldStatistics, MAX_READ_BYTES } from "../../worker/query/held-statistics.ts";
import { measure } from "../../worker/query/measure.ts";
import { appendOf, bindings, NOW_MS, recordOf } from "../durable-objects/stream-fixture.ts";

const ALWAYS = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, withValues: true };

/** Appends batches of 1,000 records that stay unconfirmed; five of them fill a message. */
async function hold(service: string, batches: number): Promise<void> {
  await runInDurableObject(bindings.STREAMS.getByName(`${service}/0`), async (instance: ServiceStream, { storage }) => {
    for (let batch = 0; batch < batches; batch++) {
      const records = Array.from({ length: 1_000 }, (_, n) =>
        recordOf({ message: `${batch} ${n} ${crypto.randomUUID()}`, status: 200, path: `/${n % 40}` }),
      );
      await instance.append(appendOf(service, records));
      await storage.deleteAlarm();
    }
  });
}

/** Counts how often streams are asked for packs. */
function watched(): { env: Env; asked: () => number } {
  let asked = 0;
  const STREAMS = {
    getByName: (name: string) =>
      new Proxy(bindings.STREAMS.getByName(name), {
        get(stub, method) {
          if (method === "packs") asked++;
          const value = Reflect.get(stub, method) as (...args: unknown[]) => unknown;
          return (...args: unknown[]) => Reflect.apply(value, stub, args);
        },
      }),
  };
  return { env: { ...bindings, STREAMS } as unknown as Env, asked: () => asked };
}

const countOf = (rows: readonly (readonly [number, number, string])[]): number =>
  rows.reduce((sum, [, , text]) => sum + Number(text.split("\n")[0]!.split(" ")[1]), 0);

describe("statistics of what a stream holds", () => {
  it("count every record once, and a range of packs only for the first question", async () => {
    await hold("held", 12);
    const { env, asked } = watched();
    const ask = async () => {
      const { held, isCut } = await heldStatistics(env, "held", ALWAYS, { bytes: MAX_READ_BYTES });
      return { count: countOf(held.flatMap(({ rows }) => rows)), seqs: held.map(({ firstSeq }) => firstSeq), isCut };
    };
    const first = await ask();
    expect(first).toMatchObject({ count: 12_000, isCut: false });
    expect(first.seqs.length).toBeGreaterThan(1);
    expect(first.seqs).toEqual([...first.seqs].sort((a, b) => a - b));
    const askedBefore = asked();
    expect(askedBefore).toBe(first.seqs.length);
    expect(await ask()).toEqual(first);
    expect(asked()).toBe(askedBefore);
    await hold("held", 1);
    expect((await ask()).count).toBe(13_000);
    expect(asked()).toBeLessThanOrEqual(askedBefore + 2);
  });

  it("are counted once without values and once with them, which then serve both", async () => {
    await hold("values", 3);
    const { env, asked } = watched();
    const textOf = async (withValues: boolean) => {
      const { held } = await heldStatistics(env, "values", { ...ALWAYS, withValues }, { bytes: MAX_READ_BYTES });
      return held.flatMap(({ rows }) => rows.map(([, , text]) => text)).join("\n");
    };
    const figures = await textOf(false);
    const ranges = asked();
    const whole = await textOf(true);
    expect(asked()).toBe(ranges * 2);
    expect(whole.length).toBeGreaterThan(figures.length);
    expect(await textOf(false)).toBe(whole);
    expect(asked()).toBe(ranges * 2);
  });

  it("are of the newest where a question has no room for all, and of all once enough was asked", async () => {
    await hold("much", 12);
    const ranges = await bindings.STREAMS.getByName("much/0").unconfirmedRanges(ALWAYS.fromMs, ALWAYS.toMs);
    const last = ranges.at(-1)!;
    const asked = (bytes: number) => heldStatistics(bindings, "much", ALWAYS, { bytes });
    expect(await asked(last.bytes - 1)).toMatchObject({ isCut: true });
    const one = await asked(last.bytes);
    expect(one.isCut).toBe(true);
    expect(one.held.at(-1)!.firstSeq).toBe(last.firstSeq);
    let rest = one;
    for (let time = 0; time < ranges.length && rest.isCut; time++) rest = await asked(last.bytes * 4);
    expect(rest.isCut).toBe(false);
    expect(countOf(rest.held.flatMap(({ rows }) => rows))).toBe(12_000);
  });

  it("answer a question exactly, before the database has a record", async () => {
    await hold("asked", 3);
    const question = { service: "asked", filter: undefined, fromMs: NOW_MS - 60_000, toMs: NOW_MS + 60_000 };
    const figures = { stepMs: 60_000, only: new Set(["statuses"] as const) };
    const { parts, isPartial, answeredFrom } = await measure(bindings, question, figures, Date.now());
    expect({ isPartial, answeredFrom }).toEqual({ isPartial: false, answeredFrom: "summaries" });
    expect(parts.reduce((sum, { summary }) => sum + summary.statuses.get(200)!, 0)).toBe(3_000);
  });
});
