import type { Random } from "../random.ts";
import type { Visitor } from "../visitors.ts";

/** What one request met; the application's log lines are told from it. */
export interface Visit {
  random: Random;
  visitor: Visitor;
  /** With its query string. */
  path: string;
  status: number;
  durationMs: number;
}

/** Fields of an application log line; time, host, version and trace are put around them. */
export interface AppRecord {
  level: "debug" | "info" | "warn" | "error" | "fatal";
  logger: string;
  msg: string;
  [field: string]: unknown;
}

export interface Endpoint {
  method: string;
  path: (random: Random) => string;
  /** How often it is asked for, in proportion to the others. */
  weight: number;
  /** Decides which statuses it answers. `probe` is a stranger looking for holes. */
  kind: "page" | "asset" | "api" | "probe";
  medianMs: number;
  medianBytes: number;
  /** What the application logs about a request. */
  says?: (visit: Visit) => AppRecord[];
}

/** A pretended web application. */
export interface Site {
  name: string;
  origin: string;
  endpoints: readonly Endpoint[];
  /** Where people come from, besides the site's own pages. */
  referrers: readonly string[];
  /** What the application logs without any request. */
  background: readonly ((random: Random) => AppRecord)[];
  /** Share of stories that are background lines. */
  backgroundShare: number;
}

const fixed = (path: string) => () => path;

export const asset = (path: string, weight: number, medianBytes: number): Endpoint => ({
  method: "GET",
  path: fixed(path),
  weight,
  kind: "asset",
  medianMs: 2,
  medianBytes,
});

export const page = (
  path: string | ((random: Random) => string),
  weight: number,
  medianMs: number,
  says?: Endpoint["says"],
): Endpoint => ({
  method: "GET",
  path: typeof path === "string" ? fixed(path) : path,
  weight,
  kind: "page",
  medianMs,
  medianBytes: 14_000,
  says,
});

export const api = (
  method: string,
  path: string | ((random: Random) => string),
  weight: number,
  medianMs: number,
  says?: Endpoint["says"],
): Endpoint => ({
  method,
  path: typeof path === "string" ? fixed(path) : path,
  weight,
  kind: "api",
  medianMs,
  medianBytes: 900,
  says,
});

/** What scanners ask every server on the internet for. */
export const PROBES: Endpoint[] = [
  "/wp-login.php",
  "/.env",
  "/.git/config",
  "/phpmyadmin/index.php",
  "/cgi-bin/luci",
].map((path) => ({ method: "GET", path: fixed(path), weight: 0.25, kind: "probe", medianMs: 1, medianBytes: 160 }));
