import { existsSync, readFileSync } from "node:fs";
import { untilStored } from "../../bench/api.ts";
import { send } from "./open-page.ts";
import type { TestServer } from "./server.ts";

const FOLDER = new URL("../../../shared/data/access/", import.meta.url);
const FILES = {
  apache: "elastic_apache_logs.part1.log",
  kaggle: "kaggle_serverlogs_5000.log",
  nasa: "nasa_http_aug95_torn_first500.log",
} as const;

export type RealLog = keyof typeof FILES;
export const REAL_LOGS = Object.keys(FILES) as RealLog[];

/** What an independent count says of a log. */
export interface Truth {
  lines: number;
  status: Record<string, number>;
  method: Record<string, number>;
  top_paths: [path: string, count: number][];
  top_hosts: [ip: string, count: number][];
  top_referers: [url: string, count: number][];
  response_time?: { p95_nearest_rank: number };
}

export const hasRealLogs = REAL_LOGS.every((name) => existsSync(new URL(FILES[name], FOLDER)));
if (!hasRealLogs)
  console.warn("The numbers on the pages are not compared: no ../shared/data/access beside this project.");

export const truthOf = (name: RealLog): Truth =>
  JSON.parse(readFileSync(new URL(`${FILES[name]}.truth.json`, FOLDER), "utf8")) as Truth;

export const textOf = (name: RealLog): string => readFileSync(new URL(FILES[name], FOLDER), "latin1");

/** Sends the real logs, each as a service of its name, and waits until all of it is stored. */
export async function sendRealLogs(server: TestServer): Promise<void> {
  for (const name of REAL_LOGS) await send(server, name, readFileSync(new URL(FILES[name], FOLDER)));
  for (const name of REAL_LOGS)
    await untilStored({ url: server.origin, token: server.token }, name, truthOf(name).lines);
}
