import { type Range, rangeQuery } from "../time/range.ts";
import type { ChangeAnswer, GroupsAnswer, LogsAnswer, PipelineAnswer, StatsAnswer, VerifyAnswer } from "./answers.ts";
import { ask } from "./client.ts";

/** What a question is about: which service (none: all), when, and which records. */
export interface Scope {
  service: string | undefined;
  range: Range;
  /** In the filter language; empty for every record. */
  q: string;
}

export const scopeQuery = ({ service, range, q }: Scope) => ({ service, q, ...rangeQuery(range) });

export const askStats = (scope: Scope, signal: AbortSignal): Promise<StatsAnswer> =>
  ask("/api/stats", { query: { ...scopeQuery(scope), step: stepOf(scope) }, signal });

/** The whole range as one bar: percentiles and unique addresses cannot be added up from many. */
export const askTotals = (scope: Scope, signal: AbortSignal): Promise<StatsAnswer> =>
  ask("/api/stats", { query: { ...scopeQuery(scope), step: "30000d" }, signal });

/** How the range differs from the same one yesterday. */
export const askChange = (scope: Scope, signal: AbortSignal): Promise<ChangeAnswer> =>
  ask("/api/stats", { query: { ...scopeQuery(scope), step: stepOf(scope), compare: "-1d" }, signal });

/** So many of the newest records tell what share of a path fails and how long it takes. */
const SAMPLE = 10_000;
const GROUPS = 500;

/** Errors and response times by one name, from the newest records. */
export const askGroupFigures = (scope: Scope, name: string, signal: AbortSignal): Promise<GroupsAnswer> =>
  ask("/api/stats", {
    query: { ...scopeQuery(scope), step: "30000d", groupBy: name, figures: "all", records: SAMPLE, limit: GROUPS },
    signal,
  });

export interface PageOfLogs {
  limit: number;
  cursor?: string | undefined;
}

export const askLogs = (scope: Scope, { limit, cursor }: PageOfLogs, signal: AbortSignal): Promise<LogsAnswer> =>
  ask("/api/logs", { query: { ...scopeQuery(scope), limit, cursor }, signal });

export const askPipeline = (signal: AbortSignal): Promise<PipelineAnswer> => ask("/api/pipeline", { signal });

export const replayDeadLetter = (service: string, shard: number, firstSeq: number): Promise<unknown> =>
  ask("/api/dead-letters/replay", { body: { service, shard, firstSeq } });

/** Gives a dead letter up: its lines are lost, and the ledger says so. */
export const discardDeadLetter = (service: string, shard: number, firstSeq: number): Promise<unknown> =>
  ask("/api/dead-letters/discard", { body: { service, shard, firstSeq } });

/** Whether the ledger has every seq of a service once. */
export const askVerify = (service: string): Promise<VerifyAnswer> =>
  ask("/api/pipeline/verify", { query: { service } });

/** Summaries know minutes, records anything; left to the server where only it knows how far the records reach. */
export function stepOf({ range, q }: Scope): number | undefined {
  if (range.kind !== "relative") return undefined;
  return q === "" ? Math.max(60_000, range.stepMs) : range.stepMs;
}
