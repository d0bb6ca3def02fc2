import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { appendOf, bindings, recordOf } from "./stream-fixture.ts";

const three = ["one", "two", "three"].map((message) => recordOf({ message }));

/** A stream whose journal is full once it holds anything. */
async function narrowStream(service: string) {
  const stream = bindings.STREAMS.getByName(`${service}/0`);
  await runInDurableObject(stream, (instance) => {
    Object.assign(instance, { env: { ...bindings, MAX_JOURNAL_BYTES: "40" } });
  });
  return stream;
}

describe("the bound of the journal", () => {
  it("takes what comes at it, and past it nothing of a batch", async () => {
    const stream = await narrowStream("bound");
    expect(await stream.append(appendOf("bound", three))).toMatchObject({ kind: "stored" });
    expect(await stream.append(appendOf("bound", three))).toEqual({ kind: "full", retryAfterSeconds: 2 });
    expect(await stream.status()).toMatchObject({ acknowledged: 3, lastSeq: 3 });
  });

  it("has a reserve for who would lose what is refused, with a bound of its own", async () => {
    const stream = await narrowStream("reserve");
    const kinds: string[] = [];
    for (let batch = 0; batch < 12; batch++)
      kinds.push((await stream.append({ ...appendOf("reserve", three), losesRefused: true })).kind);
    expect(kinds[0]).toBe("stored");
    expect(kinds[1]).toBe("stored");
    expect(kinds.at(-1)).toBe("full");
    const stored = kinds.filter((kind) => kind === "stored").length;
    expect(await stream.status()).toMatchObject({ acknowledged: 3 * stored });
  });
});
