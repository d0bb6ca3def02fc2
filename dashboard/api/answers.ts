import type { LEVELS } from "../../core/record.ts";
import type { RecordJson } from "../../core/record-json.ts";

/*
 * What the API answers, as far as the dashboard reads it. Types of the Worker's own routes cannot be imported here: the
 * platform's globals and the browser's contradict each other. test/worker/dashboard-answers.test.ts holds the two together.
 */

export type LevelName = (typeof LEVELS)[number] | "unknown";
export type StatusClass = "1xx" | "2xx" | "3xx" | "4xx" | "5xx";

export interface Percentiles {
  p50: number;
  p90: number;
  p95: number;
  p99: number;
}

export interface StatsBucket {
  /** ISO 8601, the start. */
  time: string;
  count: number;
  levels: Partial<Record<LevelName, number>>;
  statuses: Partial<Record<StatusClass, number>>;
  bytes: number;
  durationMs?: Percentiles;
  uniqueIps: number;
}

/** How an answer was come by. */
export interface Provenance {
  answeredFrom: "summaries" | "records";
  /** Rows and records looked at. */
  scanned: number;
  /** Something that matches may be missing. */
  partial?: boolean;
}

export interface StatsAnswer extends Provenance {
  /** Milliseconds. */
  step: number;
  buckets: StatsBucket[];
}

/** Nothing but counts and levels was asked for. */
export interface LevelsAnswer extends Provenance {
  /** Milliseconds. */
  step: number;
  buckets: Pick<StatsBucket, "time" | "count" | "levels">[];
}

/** Relative: 0.5 is half as much again, -1 nothing any more; null where there was nothing before. */
export interface ChangeAnswer {
  /** Milliseconds. */
  step: number;
  compare: {
    /** Of the time that is compared with, each with its own. */
    buckets: StatsBucket[];
    change: { count: number | null; errors: number | null; p95: number | null; bytes: number | null };
  };
}

/** Records by one name, counted one by one. */
export interface GroupsAnswer extends Provenance {
  groups: { key: Record<string, string | null>; count: number; errors?: number; durationMs?: Percentiles }[];
  /** How many were counted, the newest first. */
  counted?: number;
}

export interface TopAnswer extends Provenance {
  values: { value: string; count: number }[];
  /** Records with a value that is not listed. */
  other: number;
  /** A listed count is off by at most this many. */
  errorBound: number;
}

export interface LogsAnswer {
  records: RecordJson[];
  cursor?: string;
  scanned: number;
  sources: { memory: number; hot: number; segments: number };
  partial?: boolean;
}

export interface DeadLetter {
  firstSeq: number;
  lastSeq: number;
  reason: string;
}

export interface StageStatus {
  name: string;
  ratePerSecond: number;
  lagMs: number;
  /** Records that entered and have not left. */
  backlog: number;
  backlogBytes?: number;
  errors: number;
  lastSuccess: string | null;
}

export interface StreamStatus {
  service: string;
  shard: number;
  acknowledged: number;
  stored: number;
  unconfirmed: number;
  lastSeq: number;
  journalBytes: number;
  ratePerSecond: number;
  watchers: number;
  sendErrors: number;
  lagMs: number;
  lastSeen: string | null;
  lastConfirmed: string | null;
  deadLetters: DeadLetter[];
}

export interface ArchivedService {
  service: string;
  segments: number;
  /** Records that only segments answer any more. */
  records: number;
  bytes: number;
  /** Where the latest message went. */
  latest: "hot" | "archive" | null;
  lastSpilled: string | null;
  oldest: string | null;
  lastChange: string | null;
}

export interface VerifyAnswer {
  complete: boolean;
  acknowledged: number;
  records: number;
  /** Of shard 0. */
  lastSeq: number;
  gaps: { shard: number; firstSeq: number; lastSeq: number }[];
  overlaps: { shard: number; firstSeq: number; lastSeq: number }[];
}

export interface PipelineAnswer {
  acknowledged: number;
  stored: number;
  /** Given up by a person. */
  discarded: number;
  archive: ArchivedService[];
  unconfirmed: number;
  stages: StageStatus[];
  streams: StreamStatus[];
}

export interface Issue {
  path: string;
  message: string;
  /** Of a statement: where, from 1. */
  column?: number;
}

export interface ErrorAnswer {
  error: { code: string; message: string; requestId: string; issues?: Issue[] };
}

export interface SqlAnswer {
  columns: { name: string; type: string }[];
  rows: (string | number | null)[][];
  rowsRead: number;
  costDollars: number;
  ms: number;
  truncated: boolean;
}

export interface SqlPlanAnswer {
  plan: { id: number; parent: number; detail: string }[];
  /** Rows that the database would go through, at most and roughly. */
  steps: number;
}

export interface SqlSchema {
  tables: {
    name: string;
    about: string;
    columns: { name: string; type: string; about: string }[];
    examples: readonly string[];
  }[];
  functions: string[];
  limits: { rows: number; characters: number; tables: number };
}
