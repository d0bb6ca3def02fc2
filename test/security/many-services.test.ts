import { expect, it } from "vitest";
import { overviewOf } from "../../worker/env.ts";
import { ask, bindings, json, post } from "../worker/ask.ts";

const MAX_SERVICES = 1_000;

it("API4: an installation takes 1,000 services, and not one more; those that it has go on", async () => {
  await json(post("/ingest/known", "x"));
  // As their streams would announce them: a thousand streams of their own take a minute.
  const overview = overviewOf(bindings);
  for (let at = 2; at < MAX_SERVICES; at++) await overview.register(`service-${at}`, MAX_SERVICES);
  await json(post("/ingest/last", "x"));
  const past = await post("/ingest/one-more", "x");
  expect(past.status).toBe(503);
  expect(await past.json()).toMatchObject({ error: { code: "too_many_services" } });
  await json(post("/ingest/known", "x"));
  const { services } = await json<{ services: object[] }>(ask("/api/services"));
  expect(services).toHaveLength(MAX_SERVICES);
});
