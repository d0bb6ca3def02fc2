import { drizzle } from "drizzle-orm/d1";
import { services } from "../../migrations/schema.ts";
import { tendArchive } from "../archive/tend-archive.ts";
import { forgetOldAudit } from "../auth/audit.ts";
import { announcedServices, askShards, type Env } from "../env.ts";
import { compactSummaries } from "./compact-summaries.ts";
import { rollUpSummaries } from "./roll-up-summaries.ts";

/** Reading every part's key costs rows; each service's turn comes every ten minutes. */
const EVERY_MINUTES = 10;

const MINUTES_A_DAY = 1_440;

/** Every minute: wakes streams that are behind; of a tenth of the services merges the summaries and tends the archive. */
export async function onCron(env: Env, scheduledMs: number): Promise<void> {
  await wakeStreams(env);
  const minute = Math.floor(scheduledMs / 60_000);
  if (minute % MINUTES_A_DAY === 0) await forgetOldAudit(env, scheduledMs);
  const known = await drizzle(env.DB).select({ id: services.id, name: services.name }).from(services);
  for (const service of known.filter(({ id }) => (minute + id) % EVERY_MINUTES === 0)) {
    await compactSummaries(env, service.id, scheduledMs);
    await rollUpSummaries(env, service.id, scheduledMs);
    await tendArchive(env, service, scheduledMs);
  }
}

/**
 * Asks the streams of services that have something unconfirmed how they are. Waking one is enough: it arms the alarm that a crash, or six
 * failed tries of the runtime, may have lost.
 */
async function wakeStreams(env: Env): Promise<void> {
  const behind = (await announcedServices(env)).filter(
    ({ unconfirmed, lastSeenMs }) => unconfirmed > 0 || lastSeenMs === undefined,
  );
  await Promise.all(behind.map(({ name }) => askShards(env, name, (stream) => stream.status())));
}
