import { integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Who sends. The number stands for the name in every other table. */
export const services = sqliteTable("services", {
  id: integer("id").primaryKey(),
  name: text("name").notNull().unique(),
  /** Earliest and latest time at which a batch of it was received. */
  firstSeenMs: integer("first_seen_ms").notNull(),
  lastSeenMs: integer("last_seen_ms").notNull(),
  /** How many records were ever stored. */
  records: integer("records").notNull(),
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
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.shard, table.firstSeq] })],
);
