import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Bytes of each table of the database that holds the logs, with free pages as `free`. Of a server that has stopped. */
export function bytesOfTables(stateDir: string): Record<string, number> {
  const names = readdirSync(stateDir, { recursive: true, encoding: "utf8" }).filter((name) =>
    /d1.*\.sqlite$/.test(name),
  );
  for (const name of names) {
    const database = new DatabaseSync(join(stateDir, name));
    try {
      const isLogs = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'records'").get() !== undefined;
      if (!isLogs) continue;
      const tables = database.prepare("SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name").all();
      const free = database
        .prepare("SELECT freelist_count * page_size AS bytes FROM pragma_freelist_count, pragma_page_size")
        .get();
      return Object.fromEntries([
        ...tables.map((table) => [table.name as string, table.bytes as number]),
        ["free", free?.bytes as number],
      ]);
    } finally {
      database.close();
    }
  }
  throw new Error(`no database of logs in ${stateDir}`);
}
