import { afterEach, expect, it, vi } from "vitest";
import { post } from "../worker/ask.ts";
import type { Faults } from "./faults.ts";

const setFaults = async (faults: Faults): Promise<void> => {
  expect((await post("/__faults", JSON.stringify(faults))).status).toBe(204);
};
afterEach(async () => {
  vi.restoreAllMocks();
  await setFaults({});
});

it.each<[event: string, where: string, faults: Faults]>([
  ["queue_refused", "the stream", { queue: { mode: "down" } }],
  ["message_not_applied", "the queue's consumer", { database: { mode: "down" } }],
])("%s, said by %s, names the request that brought the records", async (event, _where, faults) => {
  const warn = vi.spyOn(console, "warn");
  await setFaults(faults);
  const answer = await post(`/ingest/${event.replaceAll("_", "-")}`, JSON.stringify({ message: "one" }));
  expect(answer.status).toBe(200);
  const requestId = answer.headers.get("X-Request-Id");
  const said = () => warn.mock.calls.map(([text]) => String(text)).filter((text) => text.includes(`"${event}"`));
  await expect.poll(() => said().length, { timeout: 20_000, interval: 100 }).toBeGreaterThan(0);
  expect(JSON.parse(said()[0]!)).toMatchObject({ event, requestIds: [requestId] });
});
