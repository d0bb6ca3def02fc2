import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "../../bench/with-server.ts";
import { freePort } from "../senders/syslog-line.ts";
import { findPrometheus } from "./prometheus.ts";

const DOCS = join(import.meta.dirname, "../../docs/ops");
const SCRAPED_SECONDS = 60;
const LINES_A_SECOND = 50;

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
    await sleep(4_000);
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

  it("has scraped it all the time", async () => {
    expect(await value("min_over_time(up[50s])")).toBe(1);
    expect(await value("count_over_time(up[50s])")).toBeGreaterThan(40);
  });

  it("has the same counts at every stage", async () => {
    for (const expression of [
      "weir_acknowledged_records_total",
      "weir_stored_records_total",
      'weir_service_records_total{service="web"}',
      "weir_ingest_accepted_lines_total",
      "weir_consumer_applied_records_total",
    ])
      expect(await value(expression), expression).toBe(sent);
    expect(await value('weir_ingest_refused_lines_total{reason="invalid_json"}')).toBe(SCRAPED_SECONDS);
    expect(await value('weir_ingest_refused_requests_total{code="unauthorized"}')).toBe(SCRAPED_SECONDS / 10);
    expect(await value("weir_dead_letters")).toBe(0);
  });

  it("has rates and quantiles", async () => {
    expect(await value("rate(weir_acknowledged_records_total[30s])")).toBeGreaterThan(LINES_A_SECOND / 3);
    const ack = "histogram_quantile(0.9, sum by (le) (rate(weir_ingest_ack_duration_seconds_bucket[50s])))";
    expect(await value(ack)).toBeGreaterThan(0);
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

  it("answers every expression of the dashboard", async () => {
    const { panels } = JSON.parse(readFileSync(join(DOCS, "grafana-dashboard.json"), "utf8")) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    const empty: string[] = [];
    for (const { title, targets } of panels) {
      const found = await Promise.all(
        targets.map(({ expr }) =>
          prometheus!.query(expr.replaceAll("$__rate_interval", "50s").replaceAll("$service", ".*")),
        ),
      );
      if (found.every((series) => series.length === 0)) empty.push(title);
    }
    expect(empty).toEqual([]);
  });
});
