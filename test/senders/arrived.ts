import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "../../bench/api.ts";
import type { RecordJson } from "../../core/record-json.ts";

interface Endpoint {
  url: string;
  token: string;
}

const PAGE = 5_000;

/** Every record of a service. None while the server is away. */
export async function recordsOf(server: Endpoint, service: string): Promise<RecordJson[]> {
  const records: RecordJson[] = [];
  let cursor = "";
  do {
    const page = await ask<{ records: RecordJson[]; cursor?: string | null }>(
      server,
      `/api/logs?service=${service}&from=0&limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`,
    );
    records.push(...page.records);
    cursor = page.records.length < PAGE ? "" : (page.cursor ?? "");
  } while (cursor !== "");
  return records;
}

/** Waits until `count` records of a service are there, or the one that says `last`, or none came for `patienceMs`. */
export async function arrived(
  server: Endpoint,
  service: string,
  count: number,
  patienceMs: number,
  last?: string,
): Promise<RecordJson[]> {
  let records: RecordJson[] = [];
  let movedMs = Date.now();
  const isComplete = () => records.length >= count || records.some(({ message }) => message === last);
  while (!isComplete() && Date.now() - movedMs < patienceMs) {
    await sleep(500);
    const now = await recordsOf(server, service);
    if (now.length !== records.length) movedMs = Date.now();
    records = now;
  }
  return records;
}
