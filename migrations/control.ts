import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What operators set, apart from the logs so that the SQL console cannot reach it. `value` is JSON. */
export const settings = sqliteTable("settings", {
  key: text("key").primaryKey(),
  value: text("value").notNull(),
  updatedMs: integer("updated_ms").notNull(),
});
