import type { LEVELS } from "../record.ts";
import type { RecordJson } from "../record-json.ts";

/** What the server says on a live socket, one JSON object a message. The only definition: stream and dashboard share it. */
export type Frame =
  | HelloFrame
  | CountersFrame
  | TailFrame
  | GapFrame
  | PipelineFrame
  | ProbeFrame
  | SeenFrame
  | FilterFrame
  | ServicesFrame
  | ErrorFrame;

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
  /** The last seq of shard 0 given out before the frames that follow. */
  lastSeq: number;
  /** The same of every shard: what `since` wants to be told by a watcher that comes back. */
  since: string;
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
  since: string;
}

/** Records that match the watcher's filter, in order of seq within each shard. */
export interface TailFrame {
  type: "tail";
  service: string;
  records: RecordJson[];
}

/**
 * Matching records that were left out: `count` of those with seqs from `first` to `last`. With a reason other than `rate`
 * nobody has looked which of them match, and `count` is of all.
 */
export interface GapFrame {
  type: "gap";
  service: string;
  shard: number;
  first: number;
  last: number;
  count: number;
  reason: GapReason;
}

/**
 * `rate`: more matched than a watcher gets. `no_longer_in_memory`: to be asked of `/api/logs`, also where more waited to be
 * shown than is held. `not_found`: a watcher came back, and these were looked for in the database too. `not_told`: a shard
 * could not reach shard 0 for a while.
 */
export type GapReason = "rate" | "no_longer_in_memory" | "not_found" | "not_told";

export interface PipelineCounts {
  acknowledged: number;
  stored: number;
  /** Given up by a person. */
  discarded?: number;
  unconfirmed: number;
}

export interface PipelineFrame extends PipelineCounts {
  type: "pipeline";
  service: string;
}

/**
 * Asks this watcher, one among many, to say when the newest record of the tail frame before is painted: `seen` with the same
 * figures. Times are epoch milliseconds: of the record by its sender's clock (null where that is only known to the second), of
 * its receipt, of the stream, of this frame.
 */
export interface ProbeFrame {
  type: "probe";
  service: string;
  shard: number;
  seq: number;
  recordMs: number | null;
  edgeMs: number;
  streamMs: number;
  sentMs: number;
}

/** How long records of a service take to be seen, by the watchers' own answers. */
export interface SeenFigures {
  /** How many answers the figures are of. */
  sightings: number;
  /** From receipt to paint. */
  p50Ms: number;
  p95Ms: number;
  /** From the record's own time to paint; absent while no record had a time finer than a second. */
  sendP50Ms?: number;
  sendP95Ms?: number;
  /** At least so much is the senders' clock ahead of the server's. */
  senderAheadMs: number;
  /** How much the watchers' clocks are ahead; negative: behind. */
  watcherAheadMs: number;
}

/** At most one a second, and only when there was an answer. */
export interface SeenFrame extends SeenFigures {
  type: "seen";
  service: string;
}

/** One service on the overview's socket. */
export interface ServiceJson extends PipelineCounts {
  name: string;
  /** Streams that hold or held its records. */
  shards: number;
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

/** The answer to a client's filter: what comes after this frame matches it, what came before matches the one before. */
export interface FilterFrame {
  type: "filter";
  q: string;
}

/** The last message of this client was not understood. */
export interface ErrorFrame {
  type: "error";
  code: string;
  message: string;
}

/** What a client may say. */
export type ClientFrame = { type: "filter"; q: string } | { type: "pause" } | { type: "resume" } | SeenAnswer;

/** The answer to a probe: its own figures, how long the watcher took to paint, and its clock then. */
export interface SeenAnswer extends Omit<ProbeFrame, "type" | "service"> {
  type: "seen";
  heldMs: number;
  watcherMs: number;
}
