import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.toml" }, miniflare: { bindings: { ADMIN_TOKEN: "test-admin-token" } } })],
        test: { name: "workerd", include: ["test/{core,worker,durable-objects,migrations}/**/*.test.ts"] },
      },
      {
        test: { name: "node", include: ["test/{e2e,senders,layout,tools,clients,bench}/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000 },
      },
    ],
  },
});
