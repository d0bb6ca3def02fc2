import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";

const { DB, CONTROL, MIGRATIONS } = env as unknown as {
  DB: D1Database;
  CONTROL: D1Database;
  MIGRATIONS: Record<"DB" | "CONTROL", D1Migration[]>;
};

await applyD1Migrations(DB, MIGRATIONS.DB);
await applyD1Migrations(CONTROL, MIGRATIONS.CONTROL);
