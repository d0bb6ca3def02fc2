import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What operators set, apart from the logs so that the SQL console cannot reach it. `value` is JSON. */
export const settings = sqliteTable("settings", {
  key: text("key").primaryKey(),
  value: text("value").notNull(),
  updatedMs: integer("updated_ms").notNull(),
});

/** Keys by their SHA-256 in hex; the key itself is shown once and kept nowhere. */
export const apiKeys = sqliteTable("api_keys", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  hash: text("hash").notNull().unique(),
  /** The beginning of the key, by which people recognise it. */
  prefix: text("prefix").notNull(),
  scope: text("scope", { enum: ["ingest", "beacon", "read", "admin"] }).notNull(),
  /** JSON array of service names and prefixes (`web-*`); empty is every service. */
  services: text("services").notNull(),
  /** JSON array of the origins that a beacon key may be used from. */
  origins: text("origins").notNull(),
  /** Records a UTC day; null is no quota. */
  dailyRecords: integer("daily_records"),
  createdMs: integer("created_ms").notNull(),
  createdBy: text("created_by").notNull(),
  expiresMs: integer("expires_ms"),
  revokedMs: integer("revoked_ms"),
  lastUsedMs: integer("last_used_ms"),
  /** The key that takes this one's place, once it was rotated. */
  replacedBy: text("replaced_by"),
});

/** Who did what when. Triggers refuse every change, and every deletion of what is younger than 400 days. */
export const audit = sqliteTable("audit", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  atMs: integer("at_ms").notNull(),
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  target: text("target").notNull(),
  /** JSON, without secrets. */
  detail: text("detail").notNull(),
  requestId: text("request_id").notNull(),
  ip: text("ip"),
});

/** Views, dashboards and searches that people keep. `value` is JSON, of a shape that `kind` names. */
export const savedViews = sqliteTable("saved_views", {
  id: text("id").primaryKey(),
  kind: text("kind").notNull(),
  name: text("name").notNull(),
  value: text("value").notNull(),
  createdMs: integer("created_ms").notNull(),
  updatedMs: integer("updated_ms").notNull(),
  createdBy: text("created_by").notNull(),
});

/** Where a service's records are also sent. `value` is JSON. */
export const forwards = sqliteTable("forwards", {
  id: text("id").primaryKey(),
  service: text("service").notNull(),
  value: text("value").notNull(),
  createdMs: integer("created_ms").notNull(),
});

/** Moments that people want to see beside the figures: a deploy, an alert. Drawn on charts. */
export const annotations = sqliteTable(
  "annotations",
  {
    id: text("id").primaryKey(),
    atMs: integer("at_ms").notNull(),
    kind: text("kind", { enum: ["deploy", "alert", "note"] }).notNull(),
    title: text("title").notNull(),
    /** Null: it concerns every service. */
    service: text("service"),
    /** Where more is told of it; http or https. */
    url: text("url"),
    createdBy: text("created_by").notNull(),
  },
  (table) => [index("annotations_at").on(table.atMs)],
);
