import { beforeAll, expect, it } from "vitest";
import { CHUNK_PARTS, MAX_CHUNKS, removeSummaries } from "../../../worker/archive/remove-summaries.ts";
import { tendArchive } from "../../../worker/archive/tend-archive.ts";
import { ask, bindings, json, post, settled } from "../ask.ts";
import { knownService, lines, putSettings, RANGE } from "./answers.ts";
import { untilUncut } from "./cut-env.ts";

const { DB } = bindings;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const partsOf = async (service: string): Promise<number> =>
  (await DB.prepare("SELECT count(*) AS n FROM summaries WHERE service_id = (SELECT id FROM services WHERE name = ?)")
    .bind(service)
    .first<number>("n"))!;

const receivedMsOf = async (service: string): Promise<number> =>
  (await DB.prepare(
    "SELECT max(received_ms) AS ms FROM ledger WHERE service_id = (SELECT id FROM services WHERE name = ?)",
  )
    .bind(service)
    .first<number>("ms"))!;

const countOf = async (service: string): Promise<number> => {
  const { buckets } = await json<{ buckets: { count: number }[] }>(
    ask(`/api/stats?service=${service}&${RANGE}&step=1d`),
  );
  return buckets.reduce((sum, { count }) => sum + count, 0);
};

/** Messages of one minute each, received long ago. */
async function fill(name: string, count: number): Promise<void> {
  const id = (await DB.prepare(
    "INSERT INTO services (name, first_seen_ms, last_seen_ms, records) VALUES (?, 0, 0, 0) RETURNING id",
  )
    .bind(name)
    .first<number>("id"))!;
  const numbers = "WITH RECURSIVE n (at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM n WHERE at < ?2)";
  await DB.batch([
    DB.prepare(
      `${numbers} INSERT INTO ledger (service_id, shard, first_seq, last_seq, received_ms, applied_ms) SELECT ?1, 0, at, at, at, at FROM n`,
    ).bind(id, count),
    DB.prepare(
      `${numbers} INSERT INTO summaries (service_id, step_ms, start_ms, shard, first_seq, summary) SELECT ?1, ${MINUTE_MS}, at * ${MINUTE_MS}, 0, at, '1 1' FROM n`,
    ).bind(id, count),
  ]);
}

beforeAll(async () => {
  await json(putSettings("counted-short", { hotDays: 1, retentionDays: 1, summaryDays: 2 }));
});

it("keeps statistics for their days after receipt, and not a millisecond longer", async () => {
  await json(post("/ingest/counted-short", lines(60).join("\n")));
  await settled();
  const service = await knownService("counted-short");
  const receivedMs = await receivedMsOf("counted-short");
  await tendArchive(bindings, service, receivedMs + 2 * DAY_MS);
  expect(await countOf("counted-short")).toBe(60);
  await tendArchive(bindings, service, receivedMs + 2 * DAY_MS + 1);
  expect(await countOf("counted-short")).toBe(0);
  expect(await partsOf("counted-short")).toBe(0);
});

it("keeps for ever the statistics of a service that says nothing", async () => {
  await json(post("/ingest/counted-ever", lines(60).join("\n")));
  await settled();
  await tendArchive(bindings, await knownService("counted-ever"), Date.now() + 3_000 * DAY_MS);
  expect(await countOf("counted-ever")).toBe(60);
});

it("keeps an old time's statistics that came today, and those of a time to come", async () => {
  const tomorrow = new Date(Date.now() + DAY_MS).toISOString();
  await json(
    post("/ingest/counted-apart", [...lines(6), JSON.stringify({ time: tomorrow, message: "early" })].join("\n")),
  );
  await settled();
  const service = await knownService("counted-apart");
  expect(await removeSummaries(bindings, service, Date.now() - MINUTE_MS)).toBe(0);
  expect(await removeSummaries(bindings, service, Date.now() + MINUTE_MS)).toBe(1);
  expect(await partsOf("counted-apart")).toBe(1);
  expect(await removeSummaries(bindings, service, Date.now() + 2 * DAY_MS)).toBe(1);
});

it("removes so much in a run, and the rest in the next", async () => {
  const most = CHUNK_PARTS * MAX_CHUNKS;
  await fill("counted-much", most + 1);
  const service = await knownService("counted-much");
  expect(await removeSummaries(bindings, service, Date.now())).toBe(most);
  expect(await removeSummaries(bindings, service, Date.now())).toBe(1);
  expect(await removeSummaries(bindings, service, Date.now())).toBe(0);
});

it("ends with nothing wherever it is cut", async () => {
  await fill("counted-cut", CHUNK_PARTS * 3);
  const service = await knownService("counted-cut");
  expect(await untilUncut((env) => removeSummaries(env, service, Date.now()))).toBeGreaterThan(1);
  expect(await partsOf("counted-cut")).toBe(0);
});
