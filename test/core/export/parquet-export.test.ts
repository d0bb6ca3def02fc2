import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { parquetReadObjects } from "hyparquet";
import { expect, it } from "vitest";
import { ALL_COLUMNS, ALL_PARQUET_COLUMNS, exportColumns } from "../../../core/export/columns.ts";
import { GROUP_ROWS, ParquetExport } from "../../../core/export/parquet-export.ts";
import type { RecordJson } from "../../../core/record-json.ts";

const CODEC = {
  compress: (bytes: Uint8Array) => zstdCompressSync(bytes),
  decompress: (bytes: Uint8Array) => zstdDecompressSync(bytes),
  binaryText: () => "",
};
const record = (seq: number): RecordJson => ({
  service: "web",
  shard: 0,
  seq,
  time: new Date(1_795_342_800_000 + seq).toISOString(),
  ...(seq % 2 === 0 ? { path: `/p${seq % 7}`, status: 200 + (seq % 3), durationMs: seq / 8 } : {}),
  attrs: { n: seq },
  parser: "json",
  source: "database",
});

async function rowsOf(pieces: readonly Uint8Array[]): Promise<Record<string, unknown>[]> {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return parquetReadObjects({ file: bytes.buffer, compressors: { ZSTD: (data) => zstdDecompressSync(data) } });
}

it("is a file that another reader reads, row group by row group", async () => {
  const columns = exportColumns(["seq", "time", "path", "status", "durationMs", "attrs.n"]);
  if (!columns.ok) throw new Error(columns.detail);
  const file = new ParquetExport(columns.value, CODEC);
  const count = GROUP_ROWS + 1_500;
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < count; from += 2_000)
    pieces.push(file.add(Array.from({ length: Math.min(2_000, count - from) }, (_, n) => record(from + n))).slice());
  expect(pieces.slice(1, 9).every(({ length }) => length === 0)).toBe(true);
  pieces.push(file.end());
  const rows = await rowsOf(pieces);
  expect(rows).toHaveLength(count);
  for (const at of [0, 1, GROUP_ROWS - 1, GROUP_ROWS, count - 1]) {
    const { path, status, durationMs, time } = record(at);
    expect(rows[at]).toEqual({
      seq: BigInt(at),
      time: new Date(time),
      path: path ?? null,
      status: status ?? null,
      durationMs: durationMs ?? null,
      "attrs.n": String(at),
    });
  }
});

it("keeps nanoseconds beside a time in milliseconds", async () => {
  const times = ["2026-11-22T09:00:00.123Z", "2026-11-22T09:00:00.123456Z", "2026-11-22T09:00:00.123456789Z"];
  const file = new ParquetExport(ALL_PARQUET_COLUMNS, CODEC);
  const pieces = [file.add(times.map((time, seq) => ({ ...record(seq), time }))).slice(), file.end()];
  expect((await rowsOf(pieces)).map((row) => row.sub_ns)).toEqual([null, 456_000, 456_789]);
});

it("is a file without rows, too", async () => {
  const file = new ParquetExport(ALL_COLUMNS, CODEC);
  expect(await rowsOf([file.add([]).slice(), file.end()])).toEqual([]);
});
