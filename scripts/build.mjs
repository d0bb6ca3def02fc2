// Builds dashboard and Worker into dist/, as `wrangler deploy` wants them.
import { ensureInstalled, ensureNode } from "./lib/install.mjs";

ensureInstalled();
ensureNode(new URL(import.meta.url).pathname);
const { build } = await import("./lib/build.mjs");
build();
