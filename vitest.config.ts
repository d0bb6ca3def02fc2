import { availableParallelism } from "node:os";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const migrations = {
  DB: await readD1Migrations("./migrations/db"),
  CONTROL: await readD1Migrations("./migrations/control"),
};

// The real runtime: workerd with D1, Queues, R2, Durable Objects and assets as wrangler.toml binds them.
const wrangler = { configPath: "./wrangler.toml" };
const miniflare = { bindings: { ADMIN_TOKEN: "test-admin-token", MIGRATIONS: migrations } };
const runtime = cloudflareTest({ wrangler, miniflare });
/** The same Worker behind an entry that can make its database, queue and bucket fail. */
const faultyRuntime = cloudflareTest({ main: "./test/faults/worker.ts", wrangler, miniflare });

/** Deliveries, browsers and processes are waited for: a second worker uses that time, also of two cores. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    reporters: ["default", "./scripts/lib/closing-line.mjs"],
    projects: [
      {
        plugins: [runtime],
        test: {
          name: "core",
          maxWorkers,
          include: ["test/core/**/*.test.ts"],
          setupFiles: ["./test/apply-migrations.ts"],
          testTimeout: 60_000,
          // Pure functions leave nothing behind: one worker for all files takes a fifth of the time of one for each.
          isolate: false,
        },
      },
      {
        plugins: [runtime],
        test: {
          name: "workerd",
          maxWorkers,
          include: ["test/{worker,durable-objects,migrations,security}/**/*.test.ts"],
          setupFiles: ["./test/apply-migrations.ts"],
          // Deliveries take a second each, and machines are shared.
          testTimeout: 60_000,
        },
      },
      {
        plugins: [faultyRuntime],
        test: {
          name: "faults",
          maxWorkers,
          include: ["test/faults/**/*.test.ts"],
          setupFiles: ["./test/apply-migrations.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "node",
          maxWorkers,
          include: [
            "test/{dashboard,e2e,senders,layout,tools,clients,bench,truth,ops,deploy,docs}/**/*.test.ts",
            "test/*.test.ts",
          ],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Browsers, daemons and processes on shared machines; what needs its second try is named at the end.
          retry: 1,
        },
      },
    ],
  },
});
