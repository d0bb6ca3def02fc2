import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { bootScript } from "./build/boot-script.ts";
import { worldMap } from "./build/world-map.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

// A build that a test asks for is the one that is served: Vite would take over the test's environment.
process.env.NODE_ENV = "production";

export default defineConfig({
  root,
  plugins: [bootScript(), worldMap()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../dist/assets",
    emptyOutDir: true,
    // The Worker gives everything below /static/ a year in the browser's cache: every name there holds a hash.
    assetsDir: "static",
    // Icons and fonts as data: addresses would be allowed by the policy, but not cached.
    assetsInlineLimit: 0,
    target: "es2022",
    // `light-dark()` stands as it is: the tokens are written with it.
    cssTarget: ["chrome123", "safari17.5", "firefox120"],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // The map is drawn by a plugin: that it takes a second is known.
      checks: { pluginTimings: false },
      // What every page begins with is one file, and so is what most pages share: by themselves they would be forty, most
      // of them under a kilobyte.
      output: {
        codeSplitting: {
          groups: [
            { name: "begin", tags: ["$initial"], priority: 2 },
            {
              name: "shared",
              test: /dashboard\/(address|api|charts|format|panels|series|shell)\//,
              minShareCount: 3,
            },
          ],
        },
      },
    },
  },
});
