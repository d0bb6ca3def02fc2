import type { AppendAnswer, Origin, Quota, SeqRange } from "../../core/delivery/message.ts";
import type { Entry, LogRecord } from "../../core/record.ts";
import type { ServiceSettings } from "../../core/settings.ts";
import type { Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { cityLookup, lookUpCities } from "../geo/city-lookup.ts";
import { countryLookup } from "../geo/country-lookup.ts";
import { countBatch } from "../metrics/count-batch.ts";
import { settingsOf } from "../service-settings.ts";
import { appendTo } from "./append-to.ts";
import { countedPacksOf } from "./pack.ts";
import { enrichBatch, type ParsedBatch, parseEntries } from "./records-of-entries.ts";

/** The entries of one request or socket message for one service. */
export interface Batch {
  service: string;
  entries: Entry[];
  receivedMs: number;
  /** The sender said that its lines are JSON. */
  declaredJson?: boolean;
  /** Country of the request itself, where the records speak of who sent it. */
  requestCountry?: string;
  /** The sender gives up what is refused. */
  losesRefused?: boolean;
  /** How much its sender may send on this day. */
  quota?: Quota | undefined;
  /** How a retry of the batch is known; may look at what was parsed. */
  originOf(records: readonly LogRecord[]): Origin | undefined | Promise<Origin | undefined>;
}

export interface StoredBatch extends Omit<ParsedBatch, "records"> {
  batch: string;
  seq: SeqRange | undefined;
  /** The sender had sent it before; nothing was stored now. */
  isRepeated: boolean;
}

/** Parses, cleans and enriches a batch under the settings of its service, or those that are given. Stores nothing. */
export async function parseBatch(
  env: Env,
  { service, entries, receivedMs, declaredJson, requestCountry }: Omit<Batch, "originOf">,
  given?: ServiceSettings,
): Promise<ParsedBatch> {
  const [settings, countryOf, cities] = await Promise.all([
    given ?? settingsOf(env, service),
    countryLookup(env),
    cityLookup(env, receivedMs),
  ]);
  const { zone, durationUnit, parser, pattern } = settings;
  const parse = { nowMs: receivedMs, zone, durationUnit, parser, pattern, declaredJson };
  const batch = parseEntries(entries, parse);
  if (cities) await lookUpCities(cities, ipsOf(batch.records));
  const placeOf = cities && ((ip: string) => cities.placeOf(ip));
  return enrichBatch(batch, { nowMs: receivedMs, settings, countryOf, placeOf, requestCountry });
}

function* ipsOf(records: readonly LogRecord[]): Generator<string> {
  for (const { ip } of records) if (ip !== undefined) yield ip;
}

/** The way of a batch up to its stream. When this returns, it is durable; when it throws, nothing of it was taken. */
export async function ingestBatch(env: Env, batch: Batch): Promise<StoredBatch> {
  const { records, ...counts } = await parseBatch(env, batch);
  const { service, receivedMs } = batch;
  const origin = await batch.originOf(records);
  const {
    seq,
    batch: name,
    kind,
  } = storedOf(
    await appendTo(env, {
      service,
      receivedMs,
      packs: countedPacksOf(records),
      origin,
      losesRefused: batch.losesRefused,
      quota: batch.quota,
    }),
  );
  const stored = { ...counts, batch: name, seq, isRepeated: kind === "repeated" };
  countBatch(stored, Date.now() - receivedMs);
  return stored;
}

/** The answer of a batch that is durable; throws for one of which nothing was taken. */
export function storedOf(answer: AppendAnswer): Extract<AppendAnswer, { kind: "stored" | "repeated" }> {
  switch (answer.kind) {
    case "stored":
    case "repeated":
      return answer;
    case "conflict":
    case "partly_repeated":
    case "moved":
      throw new ApiError("idempotency_conflict", "this Idempotency-Key came with another body before");
    case "full":
      throw new ApiError("overloaded", "the service's journal is full until the database has caught up", {
        retryAfterSeconds: answer.retryAfterSeconds,
      });
    case "over_quota":
      throw new ApiError("quota_exceeded", "the key's quota of this day is spent; it begins anew at midnight UTC");
    case "too_many_services":
      throw new ApiError("too_many_services", `this installation takes ${answer.limit} services`);
  }
}
