import { groupOf, rowsOf } from "../../core/segment/merge-segments.ts";
import { indexOf } from "../../core/segment/open-segment.ts";
import { optimizeService } from "../../worker/archive/optimize-service.ts";
import { prefixOf } from "../../worker/archive/put-segment.ts";
import { removeExpired } from "../../worker/archive/remove-expired.ts";
import { removeHot } from "../../worker/archive/remove-hot.ts";
import { removeSummaries } from "../../worker/archive/remove-summaries.ts";
import { type KnownService, sealService } from "../../worker/archive/seal-service.ts";
import { linkSegments } from "../../worker/archive/segment-log.ts";
import { sweepObjects } from "../../worker/archive/sweep-objects.ts";
import { FAST_LEVEL, zstdCodec } from "../../worker/archive/zstd-codec.ts";
import { compactSummaries } from "../../worker/cron/compact-summaries.ts";
import { rollUpSummaries } from "../../worker/cron/roll-up-summaries.ts";
import type { Env } from "../../worker/env.ts";

/** One job of what cron does, with a clock of the test's own. */
interface Maintenance {
  job: string;
  service: string;
  nowMs: number;
  /** What was received before it is due. */
  beforeMs: number;
  /** An address whose traces are looked for. */
  ip?: string;
}

type Job = (env: Env, service: KnownService, asked: Maintenance) => Promise<unknown>;

const JOBS: Record<string, Job> = {
  merge: (env, { id }, { nowMs }) =>
    untilNone(async () => (await compactSummaries(env, id, nowMs)) + (await rollUpSummaries(env, id, nowMs))),
  seal: (env, service, { nowMs, beforeMs }) => untilNone(() => sealService(env, service, nowMs, beforeMs)),
  remove_hot: (env, service, { nowMs, beforeMs }) => untilNone(() => removeHot(env, service, beforeMs, nowMs)),
  expire: (env, service, { nowMs, beforeMs }) => untilNone(() => removeExpired(env, service, beforeMs, nowMs)),
  expire_summaries: (env, service, { beforeMs }) => untilNone(() => removeSummaries(env, service, beforeMs)),
  link: (env, service, { nowMs }) => untilNone(() => linkSegments(env, service, nowMs)),
  optimize: (env, service, { nowMs }) =>
    untilNone(async () => (await optimizeService(env, service, nowMs, { maxMerges: 2, minObjects: 2 })).merged),
  sweep: (env, service, { nowMs }) => sweepObjects(env, service, nowMs),
  traces: (env, service, { ip }) => tracesOf(env, service, ip!),
};

/** Does one job to its end. */
export async function maintain(env: Env, asked: Maintenance): Promise<Response> {
  const service = await env.DB.prepare("SELECT id, name FROM services WHERE name = ?")
    .bind(asked.service)
    .first<KnownService>();
  const done = await JOBS[asked.job]!(env, service!, asked);
  return Response.json({ done });
}

async function untilNone(run: () => Promise<number>): Promise<number> {
  for (let sum = 0; ; ) {
    const done = await run();
    sum += done;
    if (done === 0) return sum;
  }
}

/** How many rows, summaries and objects, named or not, still know an address. */
async function tracesOf(env: Env, { id, name }: KnownService, ip: string): Promise<Record<string, number>> {
  const count = async (sql: string) => (await env.DB.prepare(sql).bind(id, ip).first<number>("n"))!;
  const { objects } = await env.ARCHIVE.list({ prefix: prefixOf(name) });
  let inObjects = 0;
  for (const { key } of objects)
    if (await hasAddress(new Uint8Array(await (await env.ARCHIVE.get(key))!.arrayBuffer()), ip)) inObjects++;
  return {
    rows: await count("SELECT count(*) AS n FROM records WHERE service_id = ?1 AND ip = ?2"),
    summaries: await count("SELECT count(*) AS n FROM summaries WHERE service_id = ?1 AND instr(summary, ?2) > 0"),
    objects: inObjects,
  };
}

async function hasAddress(bytes: Uint8Array, ip: string): Promise<boolean> {
  const { footer } = indexOf(bytes);
  for (let at = 0; at < footer.groups.length; at++)
    for (const { rows } of await rowsOf(groupOf(bytes, footer, at, zstdCodec(FAST_LEVEL))))
      if (rows.some((row) => row.includes(ip))) return true;
  return false;
}
