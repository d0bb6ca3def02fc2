import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Child, startChild } from "../senders/child.ts";
import { CannotInstall } from "../senders/install/cache.ts";
import { findIn, libraryEnv, unpackDebian } from "../senders/install/debian.ts";

const ALERTS = join(import.meta.dirname, "../../docs/ops/alerts.yml");

/** Debian's own Prometheus, or undefined with a line on the console where it cannot be had. */
export function findPrometheus(): Prometheus | undefined {
  try {
    const root = unpackDebian("prometheus", ["prometheus"]);
    return new Prometheus(root);
  } catch (error) {
    if (!(error instanceof CannotInstall)) throw error;
    console.warn(`skipped: prometheus: ${error.message}`);
    return undefined;
  }
}

interface Answer<Data> {
  status: string;
  error?: string;
  data: Data;
}

export interface Found {
  metric: Record<string, string>;
  value: [time: number, value: string];
}

export class Prometheus {
  readonly #root: string;
  #child: Child | undefined;
  #url = "";

  constructor(root: string) {
    this.#root = root;
  }

  /** Runs promtool; its whole output. Throws where it finds a fault. */
  promtool(args: string[], input = "", cwd?: string): string {
    return execFileSync(findIn(this.#root, "promtool"), args, {
      input,
      cwd,
      encoding: "utf8",
      env: libraryEnv(this.#root),
      stdio: ["pipe", "pipe", "pipe"],
    });
  }

  /** Scrapes the server once a second, with the rules of docs/ops. */
  async scrape(server: { url: string; token: string }, folder: string, port: number): Promise<void> {
    const config = {
      global: { scrape_interval: "1s", evaluation_interval: "1s" },
      rule_files: [ALERTS],
      scrape_configs: [
        {
          job_name: "weir",
          authorization: { credentials: server.token },
          static_configs: [{ targets: [new URL(server.url).host] }],
        },
      ],
    };
    // YAML takes JSON.
    writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(config));
    this.#url = `http://127.0.0.1:${port}`;
    this.#child = startChild(
      findIn(this.#root, "bin/prometheus"),
      ["--config.file=prometheus.yml", `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`],
      folder,
      { env: libraryEnv(this.#root) },
    );
  }

  /** The answer to an instant query. */
  async query(expression: string): Promise<Found[]> {
    const { data } = await this.#ask<{ result: Found[] }>(`/api/v1/query?query=${encodeURIComponent(expression)}`);
    return data.result;
  }

  async rules(): Promise<{ name: string; health: string; lastError?: string }[]> {
    const { data } = await this.#ask<{ groups: { rules: { name: string; health: string }[] }[] }>("/api/v1/rules");
    return data.groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    await this.#child?.kill();
  }

  async #ask<Data>(path: string): Promise<Answer<Data>> {
    const answer = (await (await fetch(`${this.#url}${path}`)).json()) as Answer<Data>;
    if (answer.status !== "success") throw new Error(`${path}: ${answer.error}`);
    return answer;
  }
}
