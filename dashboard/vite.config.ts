import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { worldMap } from "./build/world-map.ts";

const root = fileURLToPath(new URL(".", import.meta.url));

/**
 * The chosen theme is set before the first paint by a script that the page waits for. It is a file of its own, because
 * the page's policy allows no inline script, and not a module, because modules run only once the page is parsed.
 */
function themeBoot(): Plugin {
  const source = readFileSync(new URL("shell/theme-boot.js", import.meta.url), "utf8");
  const fileName = `static/theme-boot-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.js`;
  return {
    name: "weir-theme-boot",
    buildStart() {
      if (this.environment.mode === "build") this.emitFile({ type: "asset", fileName, source });
    },
    transformIndexHtml: () => [{ tag: "script", attrs: { src: `/${fileName}` }, injectTo: "head" }],
  };
}

// A build that a test asks for is the one that is served: Vite would take over the test's environment.
process.env.NODE_ENV = "production";

export default defineConfig({
  root,
  plugins: [themeBoot(), worldMap()],
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
    // The map is drawn by a plugin: that it takes a second is known.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
