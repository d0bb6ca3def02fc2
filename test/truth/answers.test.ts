import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, untilStored } from "../../bench/api.ts";
import { archiveOnly } from "../../bench/archive-only.ts";
import { Connection } from "../../bench/connection.ts";
import { tidy } from "../../bench/query/store.ts";
import { type Server, startServer } from "../../bench/with-server.ts";

/** Real logs beside the project; a clone does not have them. */
const ACCESS = "../shared/data/access";
const FILES = { elastic: "elastic_apache_logs.part1.log", kaggle: "kaggle_serverlogs_5000.log" } as const;
const BATCH = 500;

// The lines taken apart by an expression of its own, in another engine: nothing of what is tested has a part in it.
const LINE =
  '^(\\S+) \\S+ (\\S+) \\[([^\\]]+)\\] "(?:(\\S+) (.*) (\\S+)|[^"]*)" (\\d{3}) (\\d+|-) "((?:[^"\\\\]|\\\\.)*)" "((?:[^"\\\\]|\\\\.)*)"(?: (\\d+))?';
const PARTS = ["ip", "who", "time", "method", "path", "protocol", "status", "bytes", "referrer", "agent", "took"];
const TABLE = (
  name: string,
  file: string,
) => `CREATE TABLE ${name} AS SELECT line, p.ip AS ip, nullif(p.path, '') AS path,
  nullif(p.method, '') AS method, p.status::INT AS status, coalesce(try_cast(p.bytes AS BIGINT), 0) AS bytes, p.referrer AS referrer, p.agent AS agent,
  try_cast(p.took AS INT) AS took, strptime(p.time, '%d/%b/%Y:%H:%M:%S %z') AS time
  FROM (SELECT line, regexp_extract(line, '${LINE.replaceAll("'", "''")}', [${PARTS.map((part) => `'${part}'`)}]) AS p
  FROM read_csv('${ACCESS}/${file}', columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '', header = false))`;

interface Figures {
  count: number;
  bytes: number;
  statuses: Record<string, number>;
  uniqueIps: number;
  durationMs?: Record<"p50" | "p90" | "p95" | "p99" | "max", number>;
}
interface Stats {
  buckets: (Figures & { time: string })[];
  total: Figures;
  partial?: boolean;
}
interface Top {
  values: { value: string; count: number }[];
  other: number;
  errorBound: number;
}

describe.skipIf(!existsSync(ACCESS))(
  "answers beside a plain recount in DuckDB (skipped where the logs are not there)",
  () => {
    const stateDir = mkdtempSync(join(tmpdir(), "weir-answers-"));
    let server: Server;
    let duck: DuckDBConnection;
    const rows = async <Row>(sql: string): Promise<Row[]> =>
      (await duck.runAndReadAll(sql)).getRowObjectsJson() as Row[];
    const api = <Answer>(path: string, parameters: Record<string, string>) =>
      ask<Answer>(server, `/api/${path}?${new URLSearchParams({ from: "0", ...parameters })}`);

    beforeAll(async () => {
      server = await startServer({ stateDir });
      await archiveOnly(server, ["elastic-archived", "kaggle-archived"]);
      duck = await (await DuckDBInstance.create(":memory:")).connect();
      const connection = new Connection(server.url, server.token);
      for (const [name, file] of Object.entries(FILES)) {
        await duck.run(TABLE(name, file));
        const lines = (await readFile(`${ACCESS}/${file}`, "utf8")).trimEnd().split("\n");
        for (const service of [`${name}-hot`, `${name}-archived`]) {
          for (let from = 0; from < lines.length; from += BATCH) {
            const reply = await connection.post(`/ingest/${service}`, lines.slice(from, from + BATCH).join("\n"));
            expect(reply.status, reply.text).toBe(200);
          }
          await untilStored(server, service, lines.length);
        }
      }
      connection.close();
    }, 240_000);

    afterAll(async () => {
      await server?.stop();
      rmSync(stateDir, { recursive: true, force: true });
    });

    const services = (Object.keys(FILES) as (keyof typeof FILES)[]).flatMap((table) =>
      ["hot", "archived"].map((tier) => ({ table, service: `${table}-${tier}` })),
    );
    const filters: [q: string, where: string][] = [
      ["", "true"],
      ["status:>=400", "status >= 400"],
      ["method:post OR status:200", "lower(method) = 'post' OR status = 200"],
      ["path:/presentations/*", "lower(path) LIKE '/presentations/%'"],
      ["-path:/usr*", "path IS NULL OR path NOT ILIKE '/usr%'"],
      ["bytes:[1000 TO 5000]", "bytes BETWEEN 1000 AND 5000"],
      ["user_agent:*googlebot*", "agent ILIKE '%googlebot%'"],
      ["kibana", "path ILIKE '%kibana%' OR referrer ILIKE '%kibana%' OR agent ILIKE '%kibana%'"],
      ['"Mac OS X"', "path ILIKE '%Mac OS X%' OR referrer ILIKE '%Mac OS X%' OR agent ILIKE '%Mac OS X%'"],
      ["ip:83.149.9.216", "ip = '83.149.9.216'"],
    ];

    const theSame = async (): Promise<void> => {
      for (const { table, service } of services) {
        for (const [q, where] of filters) {
          const of = `${service}, q=${q}`;
          const [truth] = await rows<Record<string, string | number | null>>(
            `SELECT count(*)::INT AS count, coalesce(sum(bytes), 0)::INT AS bytes, count(DISTINCT ip)::INT AS ips, count(took)::INT AS timed,
           quantile_disc(took, 0.5) AS p50, quantile_disc(took, 0.9) AS p90, quantile_disc(took, 0.95) AS p95, quantile_disc(took, 0.99) AS p99, max(took) AS max
           FROM ${table} WHERE ${where}`,
          );
          const { total, partial } = await api<Stats>("stats", { service, q, step: "30d" });
          expect(partial, of).toBeUndefined();
          expect([total.count, total.bytes], of).toEqual([truth!.count, truth!.bytes]);
          expect(Math.abs(total.uniqueIps - (truth!.ips as number)), of).toBeLessThanOrEqual(
            (truth!.ips as number) * 0.02,
          );
          if (table === "kaggle" && total.count > 0) {
            for (const name of ["p50", "p90", "p95", "p99", "max"] as const) {
              const exact = truth![name] as number;
              // A percentile may be that of the record beside it: where records are few, they lie apart.
              if (total.count > 1_000)
                expect(Math.abs(total.durationMs![name] - exact), `${of} ${name}`).toBeLessThanOrEqual(exact * 0.011);
            }
          }
          const statuses = await rows<{ class: string; n: number }>(
            `SELECT (status // 100)::VARCHAR || 'xx' AS class, count(*)::INT AS n FROM ${table} WHERE ${where} GROUP BY 1`,
          );
          expect(total.statuses, of).toEqual(Object.fromEntries(statuses.map((row) => [row.class, row.n])));
          const only = await api<Stats>("stats", { service, q, step: "30d", only: "count" });
          expect(only.total, of).toEqual({ count: truth!.count });
        }
      }
    };

    const theSameTops = async (): Promise<void> => {
      for (const { table, service } of services) {
        for (const dimension of ["path", "ip", "status", "method"]) {
          for (const [q, where] of filters.slice(0, 3)) {
            const truth = await rows<{ value: string; n: number }>(
              `SELECT ${dimension}::VARCHAR AS value, count(*)::INT AS n FROM ${table} WHERE (${where}) AND ${dimension} IS NOT NULL GROUP BY 1 ORDER BY n DESC`,
            );
            const counts = new Map(truth.map(({ value, n }) => [value, n]));
            const all = truth.reduce((sum, { n }) => sum + n, 0);
            const top = await api<Top>(`top/${dimension}`, { service, q, limit: "10" });
            const of = `${service}, top ${dimension}, q=${q}`;
            for (const { value, count } of top.values)
              expect(Math.abs(counts.get(String(value))! - count), `${of}: ${value}`).toBeLessThanOrEqual(
                top.errorBound,
              );
            expect(
              top.values.reduce((sum, { count }) => sum + count, top.other),
              of,
            ).toBe(all);
            for (const [place, { n }] of truth.slice(0, 10).entries())
              expect(Math.abs(top.values[place]!.count - n), `${of}, place ${place + 1}`).toBeLessThanOrEqual(
                top.errorBound,
              );
          }
        }
      }
    };

    const theSameHours = async (): Promise<void> => {
      for (const tier of ["hot", "archived"]) {
        for (const [q, where] of filters.slice(0, 3)) {
          const truth = await rows<{ hour: number; n: number; bytes: number }>(
            `SELECT (epoch_ms(time) // 3600000)::INT AS hour, count(*)::INT AS n, sum(bytes)::BIGINT::DOUBLE AS bytes FROM elastic WHERE ${where} GROUP BY 1 ORDER BY 1`,
          );
          const { buckets } = await api<Stats>("stats", {
            service: `elastic-${tier}`,
            q,
            step: "1h",
            from: "2015-05-17",
            to: "2015-05-22",
          });
          expect(buckets).toHaveLength(120);
          const filled = buckets.filter(({ count }) => count > 0);
          expect(filled.map(({ time, count, bytes }) => [Date.parse(time) / 3_600_000, count, bytes])).toEqual(
            truth.map(({ hour, n, bytes }) => [hour, n, bytes]),
          );
        }
      }
    };

    it("counts, bytes and statuses exactly; percentiles within 1 %, uniques within 2 %", theSame, 120_000);
    it("top lists within the bound that they tell", theSameTops, 120_000);
    it("each hour, empty ones too", theSameHours, 60_000);

    it("and after everything was merged and rolled up", async () => {
      for (const { service } of services) await tidy(server, service);
      await theSame();
      await theSameTops();
      await theSameHours();
    }, 240_000);
  },
);
