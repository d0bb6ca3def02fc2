import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const root = fileURLToPath(new URL(".", import.meta.url));

/** One file for Node 18 and for browsers: `vite build --config clients/js/vite.config.ts`. */
export default defineConfig({
  root,
  build: {
    target: "es2022",
    lib: { entry: `${root}index.ts`, formats: ["es"], fileName: () => "weir-client.js" },
    minify: true,
  },
});
