import { expect, it } from "vitest";
import { ask, json, post } from "../worker/ask.ts";
import { postJson } from "../worker/auth/make-key.ts";

const streams = (first: number, count: number): object => ({
  streams: Array.from({ length: count }, (_, at) => ({
    stream: { service_name: `service-${first + at}` },
    values: [["1795341600123456789", "x"]],
  })),
});

it("API4: an installation takes 1,000 services, and not one more; those that it has go on", async () => {
  for (const first of [0, 500]) expect((await postJson("/loki/api/v1/push", streams(first, 500))).status).toBe(204);
  const past = await post("/ingest/one-more", "x");
  expect(past.status).toBe(503);
  expect(await past.json()).toMatchObject({ error: { code: "too_many_services" } });
  expect((await post("/ingest/service-7", "x")).status).toBe(200);
  const { services } = await json<{ services: object[] }>(ask("/api/services"));
  expect(services).toHaveLength(1_000);
});
