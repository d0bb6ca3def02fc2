import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CannotInstall, cacheFolder } from "./cache.ts";

/** Exactly these: what is said of them in docs/protocols.md was seen with these. */
const PACKAGES = [
  "pino@10.4.0",
  "pino-loki@3.0.0",
  "winston@3.19.0",
  "winston-loki@6.1.7",
  "winston-elasticsearch@0.19.0",
  "@opentelemetry/sdk-logs@3.1.1",
  "@opentelemetry/resources@3.1.1",
  "@opentelemetry/exporter-logs-otlp-http@0.301.0",
  "@opentelemetry/exporter-logs-otlp-proto@0.301.0",
];

/** A folder with the loggers in its node_modules. Throws {@link CannotInstall} where there is no registry. */
export function npmFolder(): string {
  const folder = cacheFolder("npm");
  const done = join(folder, ".installed");
  if (existsSync(done) && readFileSync(done, "utf8") === PACKAGES.join("\n")) return folder;
  writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}\n');
  try {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", "--save-exact", ...PACKAGES], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 300_000,
    });
  } catch (error) {
    throw new CannotInstall(`the loggers of npm cannot be got: ${String(error).split("\n").slice(0, 3).join(" ")}`);
  }
  writeFileSync(done, PACKAGES.join("\n"));
  return folder;
}
