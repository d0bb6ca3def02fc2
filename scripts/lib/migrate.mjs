import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./install.mjs";

// The table and its columns are wrangler's own, so that `wrangler d1 migrations` sees the same state.
const TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`;

/** The names of a folder's migrations, in the order in which they are applied. */
export const migrationsIn = (folder) =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".sql"))
    .sort();

/** Applies the migrations of one folder that a database does not have yet, each in one transaction. */
export async function migrate(database, folder) {
  await database.prepare(TABLE).run();
  const { results } = await database.prepare("SELECT name FROM d1_migrations").all();
  const applied = new Set(results.map(({ name }) => name));
  for (const name of migrationsIn(folder).filter((name) => !applied.has(name))) {
    const statements = readFileSync(join(ROOT, folder, name), "utf8")
      .split("--> statement-breakpoint")
      .map((statement) => statement.trim())
      .filter((statement) => statement !== "");
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare("INSERT INTO d1_migrations (name) VALUES (?)").bind(name),
    ]);
  }
}
