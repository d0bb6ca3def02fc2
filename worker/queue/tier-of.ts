import type { Env } from "../env.ts";
import { settingsOf } from "../service-settings.ts";
import { isFull } from "./database-size.ts";
import { dayOf } from "./statements.ts";
import type { UnpackedMessage } from "./unpacked-message.ts";

/**
 * Rows of a message that was received longer ago than this go to the archive at once: the database does not keep up, and writing
 * segments is several times faster. Well above the second or two that a delivery takes.
 */
export const MAX_HOT_LAG_MS = 30_000;

/** Where a message's records go, and why not into hot rows. */
export type Tier = "hot" | "hot_window" | "backlog" | "full" | "hot_budget";

/** Decides for the messages of one service that came together. */
export async function tierOf(env: Env, messages: readonly UnpackedMessage[], nowMs: number): Promise<Tier> {
  const { service } = messages[0]!;
  const { hotDays, hotRowsPerDay } = await settingsOf(env, service);
  if (hotDays === 0) return "hot_window";
  if (nowMs - Math.min(...messages.map(({ receivedMs }) => receivedMs)) > MAX_HOT_LAG_MS) return "backlog";
  if (isFull()) return "full";
  if (hotRowsPerDay !== undefined && (await hotRowsOf(env, service, nowMs)) >= hotRowsPerDay) return "hot_budget";
  return "hot";
}

async function hotRowsOf({ DB }: Env, service: string, nowMs: number): Promise<number> {
  const row = await DB.prepare("SELECT hot_rows FROM services WHERE name = ?1 AND hot_day = ?2")
    .bind(service, dayOf(nowMs))
    .first<{ hot_rows: number }>();
  return row?.hot_rows ?? 0;
}
