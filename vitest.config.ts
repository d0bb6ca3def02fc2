import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

const migrations = {
  DB: await readD1Migrations("./migrations/db"),
  CONTROL: await readD1Migrations("./migrations/control"),
};

export default defineConfig({
  test: {
    reporters: ["default", "./scripts/lib/closing-line.mjs"],
    projects: [
      {
        // The real runtime: workerd with D1, Queues, Durable Objects and assets as wrangler.toml binds them.
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: { ADMIN_TOKEN: "test-admin-token", MIGRATIONS: migrations } },
          }),
        ],
        test: {
          name: "workerd",
          include: ["test/{core,worker,durable-objects,migrations}/**/*.test.ts"],
          setupFiles: ["./test/apply-migrations.ts"],
          // Deliveries take a second each, and machines are shared.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "node",
          include: ["test/{dashboard,e2e,senders,layout,tools,clients,bench,truth}/**/*.test.ts", "test/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Browsers, daemons and processes on shared machines; what needs its second try is named at the end.
          retry: 1,
        },
      },
    ],
  },
});
