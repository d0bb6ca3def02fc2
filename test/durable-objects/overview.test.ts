import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import { announcedServices, overviewOf } from "../../worker/env.ts";
import { appendOf, bindings, recordOf } from "./stream-fixture.ts";

const acknowledgedOf = async (service: string): Promise<number | undefined> =>
  (await announcedServices(bindings)).find(({ name }) => name === service)?.acknowledged;

const known = (service: string) =>
  vi.waitFor(async () => expect(await acknowledgedOf(service)).toBe(1), { timeout: 10_000 });

it("keeps what it has saved when it is put to sleep", async () => {
  await bindings.STREAMS.getByName("kept/0").append(appendOf("kept", [recordOf({})]));
  await known("kept");
  await runDurableObjectAlarm(overviewOf(bindings));
  await evictDurableObject(overviewOf(bindings));
  expect(await acknowledgedOf("kept")).toBe(1);
});

it("hears again from a stream that wakes after a report was lost", async () => {
  const stream = bindings.STREAMS.getByName("lost/0");
  await stream.append(appendOf("lost", [recordOf({})]));
  await known("lost");
  await evictDurableObject(overviewOf(bindings));
  await evictDurableObject(stream);
  await stream.status();
  await known("lost");
});
