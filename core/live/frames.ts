import type { LEVELS } from "../record.ts";
import type { RecordJson } from "../record-json.ts";

/** What the server says on a live socket, one JSON object a message. The only definition: stream and dashboard share it. */
export type Frame = HelloFrame | CountersFrame | TailFrame | GapFrame | PipelineFrame | ServicesFrame | ErrorFrame;

type LevelName = (typeof LEVELS)[number] | "unknown";
type StatusClass = "1xx" | "2xx" | "3xx" | "4xx" | "5xx";

/** Zero entries are left out. */
export interface TallyJson {
  count: number;
  /** Sum of response body sizes. */
  bytes: number;
  levels: Partial<Record<LevelName, number>>;
  statuses: Partial<Record<StatusClass, number>>;
}

/** A second (or minute) of receipt: epoch seconds of its start, and what was received in it. Absolute, not a delta. */
export type SlotJson = [startSecond: number, tally: TallyJson];

/** The first frame of a service's socket. */
export interface HelloFrame {
  type: "hello";
  service: string;
  shard: number;
  /** The last seq given out before the frames that follow. */
  lastSeq: number;
  atMs: number;
  total: TallyJson;
  /** The last 5 minutes by second, and the last 24 hours by minute; slots with nothing are left out. */
  seconds: SlotJson[];
  minutes: SlotJson[];
  pipeline: PipelineCounts;
}

/** What changed; at most one per 100 ms. */
export interface CountersFrame {
  type: "counters";
  service: string;
  atMs: number;
  total: TallyJson;
  /** The seconds that changed since the last such frame. */
  seconds: SlotJson[];
  lastSeq: number;
}

/** Records that match the watcher's filter, in order of seq. */
export interface TailFrame {
  type: "tail";
  service: string;
  records: RecordJson[];
}

/** Matching records that were left out: `count` of those with seqs from `first` to `last`. */
export interface GapFrame {
  type: "gap";
  service: string;
  shard: number;
  first: number;
  last: number;
  count: number;
  reason: "rate" | "no_longer_in_memory";
}

export interface PipelineCounts {
  acknowledged: number;
  stored: number;
  unconfirmed: number;
}

export interface PipelineFrame extends PipelineCounts {
  type: "pipeline";
  service: string;
}

/** One service on the overview's socket. */
export interface ServiceJson extends PipelineCounts {
  name: string;
  firstSeenMs: number | undefined;
  lastSeenMs: number | undefined;
  /** Age of the oldest record that is not in the database yet; 0 when none is. */
  lagMs: number;
  /** Epoch second, records, errors; the last minute. */
  seconds: [second: number, count: number, errors: number][];
}

/** The overview's socket: first all services, then those that changed, at most once a second. */
export interface ServicesFrame {
  type: "services";
  atMs: number;
  services: ServiceJson[];
}

/** The last message of this client was not understood. */
export interface ErrorFrame {
  type: "error";
  code: string;
  message: string;
}

/** What a client may say. */
export type ClientFrame = { type: "filter"; q: string } | { type: "pause" } | { type: "resume" };
