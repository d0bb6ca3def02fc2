import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, expect, it } from "vitest";
import { accessLog } from "../../bench/access-log.ts";
import { packTextOf } from "../../core/delivery/pack-text.ts";
import { enrich } from "../../core/enrich/pipeline.ts";
import { parseLine } from "../../core/parse/parse-line.ts";
import { LogRecord } from "../../core/record.ts";
import type { Rows } from "../../core/segment/column-builder.ts";
import { COLUMNS } from "../../core/segment/columns.ts";
import { writeSegment } from "../../core/segment/write-segment.ts";
import { DEFAULT_SETTINGS } from "../../core/settings.ts";
import { zstdCodec } from "../../worker/archive/zstd-codec.ts";

const START_MS = Date.UTC(2026, 10, 21);
const LINES = 60_000;
const folder = mkdtempSync(join(tmpdir(), "weir-segments-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const log = accessLog(1, LINES, START_MS);
const records = Array.from({ length: LINES }, () => {
  const record = parseLine(log.next(), { nowMs: START_MS, zone: "UTC", durationUnit: "ms" });
  enrich(record, { nowMs: START_MS, settings: DEFAULT_SETTINGS, countryOf: () => "DE" });
  return record;
});
/** Fields that access lines do not have, and texts that are no ASCII. */
const odd = Object.assign(new LogRecord(), {
  tsMs: -1,
  subNs: 999_999,
  level: "error",
  message: "schöne Grüße 😀",
  durationMs: 0.125,
  bytes: 2 ** 45,
  attrs: { order: { id: 42 } },
  traceId: "abc",
  pid: "7",
});

function rowsOf(all: LogRecord[], firstSeq: number): Rows {
  const { rows, agents } = packTextOf(all);
  return { shard: 0, seqs: firstSeq, rows: JSON.parse(rows), agents: JSON.parse(agents) };
}

writeFileSync(join(folder, "web.parquet"), writeSegment("web", [rowsOf([...records, odd], 1)], zstdCodec(3)).bytes);
writeFileSync(join(folder, "odd.parquet"), writeSegment("web", [rowsOf([odd], 1)], zstdCodec(3)).bytes);

async function rows(sql: string): Promise<unknown[][]> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const reader = await connection.runAndReadAll(sql.replaceAll("$DIR", folder));
  return reader.getRowsJson();
}

const counted = (of: (record: LogRecord) => string | number | undefined): [string, string][] => {
  const counts = new Map<string, number>();
  for (const record of [...records, odd]) {
    const value = of(record);
    if (value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return [...counts].map(([value, count]): [string, string] => [value, String(count)]).sort();
};

it("DuckDB reads every row and comes to the same sums", async () => {
  const sum = records.reduce((total, { bytes }) => total + (bytes ?? 0), 2 ** 45);
  const durations = records.reduce((total, { durationMs }) => total + (durationMs ?? 0), 0.125);
  expect(
    await rows(
      "SELECT count(*)::VARCHAR, sum(bytes)::VARCHAR, round(sum(duration_ms), 3), min(seq)::INT, max(seq)::INT FROM '$DIR/web.parquet'",
    ),
  ).toEqual([[String(LINES + 1), String(sum), Math.round(durations * 1_000) / 1_000, 1, LINES + 1]]);
});

it.each([
  ["status", (record: LogRecord) => record.status],
  ["path", (record: LogRecord) => record.path],
  ["ip", (record: LogRecord) => record.ip],
  ["browser", (record: LogRecord) => record.browser],
  ["referrer", (record: LogRecord) => record.referrer],
  ["level", (record: LogRecord) => record.level],
] as const)("DuckDB counts each %s as we do", async (column, of) => {
  const found = await rows(
    `SELECT "${column}"::VARCHAR, count(*)::VARCHAR FROM '$DIR/web.parquet' WHERE "${column}" IS NOT NULL GROUP BY 1`,
  );
  expect((found as [string, string][]).sort()).toEqual(counted(of));
});

it("DuckDB sees the types: UTC times, numbers, text of any script", async () => {
  expect(
    await rows(
      `SELECT epoch_ms("time")::VARCHAR, sub_ns, level, message, duration_ms, bytes::VARCHAR, attrs->'order'->>'id', trace_id, pid, path FROM '$DIR/odd.parquet'`,
    ),
  ).toEqual([["-1", 999_999, "error", "schöne Grüße 😀", 0.125, String(2 ** 45), "42", "abc", "7", null]]);
  const described = (await rows("DESCRIBE SELECT * FROM '$DIR/web.parquet'")) as [string, string][];
  expect(described.map(([name]) => name)).toEqual(COLUMNS.map(({ name }) => name));
  expect(Object.fromEntries(described.map(([name, type]) => [name, type]))).toMatchObject({
    time: "TIMESTAMP WITH TIME ZONE",
    status: "INTEGER",
    bytes: "BIGINT",
    path: "VARCHAR",
  });
});

it("DuckDB reads files with and without values in a column as one table, and trusts the bounds", async () => {
  expect(
    await rows(`SELECT count(*)::INT FROM '$DIR/*.parquet' WHERE "time" < TIMESTAMPTZ '1970-01-01 00:00:00Z'`),
  ).toEqual([[2]]);
  expect(await rows("SELECT count(*)::INT FROM '$DIR/*.parquet' WHERE status >= 1000")).toEqual([[0]]);
});
