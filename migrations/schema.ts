import { integer, numeric, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Who sends. The number stands for the name in every other table. */
export const services = sqliteTable("services", {
  id: integer("id").primaryKey(),
  name: text("name").notNull().unique(),
  /** Earliest and latest time at which a batch of it was received. */
  firstSeenMs: integer("first_seen_ms").notNull(),
  lastSeenMs: integer("last_seen_ms").notNull(),
  /** How many records were ever stored. */
  records: integer("records").notNull(),
  /** Days since 1970 (UTC) of the last hot row, and how many hot rows that day has: what the daily budget is measured by. */
  hotDay: integer("hot_day").notNull().default(0),
  hotRows: integer("hot_rows").notNull().default(0),
});

/**
 * Hot rows. WITHOUT ROWID (added to the generated SQL by hand, drizzle cannot say it): one row written a record, and
 * a range of one service's time is one walk along the key. core/row.ts says what each column holds.
 */
export const records = sqliteTable(
  "records",
  {
    serviceId: integer("service_id").notNull(),
    tsMs: integer("ts_ms").notNull(),
    shard: integer("shard").notNull(),
    seq: integer("seq").notNull(),
    kind: integer("kind").notNull(),
    level: integer("level"),
    status: integer("status"),
    method: text("method"),
    path: text("path"),
    bytes: integer("bytes"),
    ip: text("ip"),
    protocol: text("protocol"),
    uaId: integer("ua_id"),
    country: text("country"),
    durationMs: real("duration_ms"),
    pathTemplate: text("path_template"),
    referrer: text("referrer"),
    message: text("message"),
    attrs: text("attrs"),
    raw: text("raw"),
    host: text("host"),
    app: text("app"),
    user: text("user"),
    traceId: text("trace_id"),
    event: text("event"),
    subNs: integer("sub_ns"),
    rest: text("rest"),
    /**
     * The duration of rows since it is here, that of earlier ones stands in `duration_ms`: in a table WITHOUT ROWID a column of type
     * REAL takes eight bytes a row, one of type NUMERIC one or two where the number is whole.
     */
    tookMs: numeric("took_ms", { mode: "number" }),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.tsMs, table.shard, table.seq] })],
);

/** User agent texts and what they mean. The id is a hash of the text, so that a row needs no look-up. */
export const userAgents = sqliteTable("user_agents", {
  id: integer("id").primaryKey(),
  text: text("text").notNull(),
  browser: text("browser"),
  os: text("os"),
  device: text("device"),
  bot: text("bot"),
});

/** Mergeable statistics: one part a message and step; cron merges parts. `summary` is core/summary's text. */
export const summaries = sqliteTable(
  "summaries",
  {
    serviceId: integer("service_id").notNull(),
    stepMs: integer("step_ms").notNull(),
    startMs: integer("start_ms").notNull(),
    shard: integer("shard").notNull(),
    firstSeq: integer("first_seq").notNull(),
    summary: text("summary").notNull(),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.stepMs, table.startMs, table.shard, table.firstSeq] })],
);

/**
 * All parts of ten minutes, an hour or a day as one, beside them, so that a long question reads few. Triggers on `summaries` (in the
 * generated SQL by hand) take a row away as soon as a part of its time comes, goes or changes: what stands here is always true.
 */
export const rollups = sqliteTable(
  "rollups",
  {
    serviceId: integer("service_id").notNull(),
    stepMs: integer("step_ms").notNull(),
    startMs: integer("start_ms").notNull(),
    summary: text("summary").notNull(),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.stepMs, table.startMs] })],
);

/**
 * The figures of each minute of an hour whose parts are minutes, beside its roll-up and gone with it, so that a day by the minute is 24
 * short rows: core/stats/hour-minutes.ts says what each column holds.
 */
export const hourMinutes = sqliteTable(
  "hour_minutes",
  {
    serviceId: integer("service_id").notNull(),
    startMs: integer("start_ms").notNull(),
    counts: text("counts").notNull(),
    levels: text("levels").notNull(),
    statuses: text("statuses").notNull(),
    bytes: text("bytes").notNull(),
    durations: text("durations").notNull(),
    uniques: text("uniques").notNull(),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.startMs] })],
);

/** The transaction log: a message is applied if and only if its range of seqs stands here. */
export const ledger = sqliteTable(
  "ledger",
  {
    serviceId: integer("service_id").notNull(),
    shard: integer("shard").notNull(),
    firstSeq: integer("first_seq").notNull(),
    lastSeq: integer("last_seq").notNull(),
    /** When its first batch was received, and when it was applied. */
    receivedMs: integer("received_ms").notNull(),
    appliedMs: integer("applied_ms").notNull(),
    /** Bounds of its records' times, to the minute or coarser; null of messages applied before bounds were kept. */
    minMs: integer("min_ms"),
    maxMs: integer("max_ms"),
    /** 1 where its records went to the archive at once instead of becoming hot rows. */
    spilled: integer("spilled").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.shard, table.firstSeq] })],
);

/**
 * Parquet objects of the archive, one row each; what has no row here does not exist. The key is the place of its first
 * record: no record is in two segments, so no two segments begin with the same one.
 */
export const segments = sqliteTable(
  "segments",
  {
    serviceId: integer("service_id").notNull(),
    minMs: integer("min_ms").notNull(),
    shard: integer("shard").notNull(),
    firstSeq: integer("first_seq").notNull(),
    maxMs: integer("max_ms").notNull(),
    /** Records before this time are answered from here; later ones are hot rows still. Past `max_ms`: all of them are archived. */
    coldMs: integer("cold_ms").notNull(),
    records: integer("records").notNull(),
    bytes: integer("bytes").notNull(),
    /** When the first and the last of its messages was received. */
    receivedFromMs: integer("received_from_ms").notNull(),
    receivedToMs: integer("received_to_ms").notNull(),
    /** Bit n: some record has LEVELS[n]; see NO_LEVEL_BIT. */
    levels: integer("levels").notNull(),
    /** Bit n: some record's status begins with n; bit 0: some record has none or another. */
    statuses: integer("statuses").notNull(),
    /** Rows brought back from the archive stay until then. */
    hotUntilMs: integer("hot_until_ms"),
    /** "spilled", "sealed" or "merged". */
    kind: text("kind").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of the object, hex. */
    hash: text("hash").notNull(),
    /** JSON: [shard, first seq, last seq] of each run of seqs in it. */
    seqs: text("seqs").notNull(),
    /** Which words its texts may hold: core/segment/word-filter.ts, base64. */
    tokens: text("tokens"),
    /** 1 once the log has it. */
    linked: integer("linked").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.minMs, table.shard, table.firstSeq] })],
);

/** What happened to a service's archive, in order and for ever: each entry's `link` is a hash over it and the link before. */
export const segmentLog = sqliteTable(
  "segment_log",
  {
    serviceId: integer("service_id").notNull(),
    number: integer("number").notNull(),
    atMs: integer("at_ms").notNull(),
    /** "added" or "removed". */
    action: text("action").notNull(),
    key: text("key").notNull(),
    hash: text("hash").notNull(),
    records: integer("records").notNull(),
    reason: text("reason").notNull(),
    link: text("link").notNull(),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.number] })],
);

/** How far a shard's hot rows are copied into segments: every seq up to here is sealed, spilled or was never stored. */
export const seals = sqliteTable(
  "seals",
  {
    serviceId: integer("service_id").notNull(),
    shard: integer("shard").notNull(),
    lastSeq: integer("last_seq").notNull(),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.shard] })],
);

/**
 * Records that were forgotten (`POST /api/forget`), by the minute that they were of, while statistics count them still: written with
 * their removal, taken away with the counting again.
 */
export const forgotten = sqliteTable(
  "forgotten",
  {
    serviceId: integer("service_id").notNull(),
    startMs: integer("start_ms").notNull(),
    records: integer("records").notNull(),
    /** 1 where they cannot be counted again: the other records of that time are not all there any more, or too many. */
    lasting: integer("lasting").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.startMs] })],
);
