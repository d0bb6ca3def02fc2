import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../bench/free-port.ts";
import { type Server, startServer } from "../../bench/with-server.ts";
import { findPrometheus } from "./prometheus.ts";

const DOCS = join(import.meta.dirname, "../../docs/ops");
const SCRAPED_SECONDS = 30;
const LINES_A_SECOND = 50;
/** What rates look back on: within the time that is scraped, and longer than counters wait before they are told. */
const WINDOW_SECONDS = 20;

const prometheus = findPrometheus();

describe.skipIf(!prometheus)("a real Prometheus", () => {
  const folder = mkdtempSync(join(tmpdir(), "weir-ops-"));
  let server: Server;
  let sent = 0;

  beforeAll(async () => {
    mkdirSync(join(folder, "state"));
    server = await startServer({ stateDir: join(folder, "state") });
    await prometheus!.scrape(server, folder, await freePort());
    for (let second = 0; second < SCRAPED_SECONDS; second++) {
      const body = Array.from({ length: LINES_A_SECOND }, (_, at) => JSON.stringify({ msg: "scraped", at, second }));
      // One line in each batch is broken, and a request in ten has no key.
      await send("/ingest/web", `${body.join("\n")}\n{broken`, server.token);
      if (second % 10 === 0) await send("/ingest/web", "nobody's", "wrong");
      sent += LINES_A_SECOND;
      await sleep(1_000);
    }
  }, 240_000);

  afterAll(async () => {
    await prometheus!.stop();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const send = async (path: string, body: string, key: string) => {
    const answer = await fetch(`${server.url}${path}`, {
      method: "POST",
      body,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/x-ndjson" },
    });
    await answer.body?.cancel();
  };
  const value = async (expression: string) => Number((await prometheus!.query(expression))[0]?.value[1]);

  /** Isolates tell what they counted a little later, and are asked once a second. */
  const becomes = (expression: string, figure: number) =>
    expect.poll(() => value(expression), { timeout: 30_000, interval: 250, message: expression }).toBe(figure);

  it("has scraped it all the time", async () => {
    expect(await value(`min_over_time(up[${WINDOW_SECONDS}s])`)).toBe(1);
    expect(await value(`count_over_time(up[${WINDOW_SECONDS}s])`)).toBeGreaterThan(WINDOW_SECONDS * 0.8);
  });

  it("has rates and quantiles", async () => {
    expect(await value(`rate(weir_acknowledged_records_total[${WINDOW_SECONDS}s])`)).toBeGreaterThan(
      LINES_A_SECOND / 3,
    );
    const ack = `histogram_quantile(0.9, sum by (le) (rate(weir_ingest_ack_duration_seconds_bucket[${WINDOW_SECONDS}s])))`;
    expect(await value(ack)).toBeGreaterThan(0);
  });

  it("has the same counts at every stage", async () => {
    for (const expression of [
      "weir_acknowledged_records_total",
      "weir_stored_records_total",
      'weir_service_records_total{service="web"}',
      "weir_ingest_accepted_lines_total",
      "weir_consumer_applied_records_total",
    ])
      await becomes(expression, sent);
    await becomes('weir_ingest_refused_lines_total{reason="invalid_json"}', SCRAPED_SECONDS);
    await becomes('weir_ingest_refused_requests_total{code="unauthorized"}', SCRAPED_SECONDS / 10);
    expect(await value("weir_dead_letters")).toBe(0);
  });

  it("finds nothing to say against the metrics", async () => {
    const answer = await fetch(`${server.url}/metrics`, { headers: { Authorization: `Bearer ${server.token}` } });
    expect(prometheus!.promtool(["check", "metrics"], await answer.text())).toBe("");
  });

  it("keeps the number of series small", async () => {
    expect(await value("scrape_samples_scraped")).toBeLessThan(300);
  });

  it("takes the alert rules, and each of them can be evaluated", async () => {
    expect(prometheus!.promtool(["check", "rules", join(DOCS, "alerts.yml")])).toContain("SUCCESS");
    const rules = await prometheus!.rules();
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter(({ health }) => health !== "ok")).toEqual([]);
  });

  it("passes the rules' own tests", () => {
    expect(prometheus!.promtool(["test", "rules", "alerts.test.yml"], "", DOCS)).toContain("SUCCESS");
  });

  it("answers every expression of the dashboard", { timeout: 120_000 }, async () => {
    const { panels } = JSON.parse(readFileSync(join(DOCS, "grafana-dashboard.json"), "utf8")) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    const isEmpty = async ({ targets }: (typeof panels)[number]): Promise<boolean> => {
      const found = await Promise.all(
        targets.map(({ expr }) =>
          prometheus!.query(expr.replaceAll("$__rate_interval", `${WINDOW_SECONDS}s`).replaceAll("$service", ".*")),
        ),
      );
      return found.every((series) => series.length === 0);
    };
    const emptyPanels = async (): Promise<string[]> => {
      const empty = await Promise.all(panels.map(isEmpty));
      return panels.filter((_panel, at) => empty[at]).map(({ title }) => title);
    };
    // What cron counts comes with the next minute.
    await expect.poll(emptyPanels, { timeout: 90_000, interval: 500 }).toEqual([]);
  });
});
