import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { archiveOnly } from "./archive-only.ts";
import type { Figures } from "./figure.ts";
import { MemoryMeter } from "./memory-meter.ts";
import type { BenchOptions } from "./options.ts";
import { store, tidy } from "./query/store.ts";
import { type Server, startServer } from "./with-server.ts";

const NEWLINE = 10;

/**
 * Everything of a service as a file in each format, with the server's memory while it is made; and a file that breaks off and is gone on
 * with. The records that came are counted.
 *
 * `--records 5000000 --tiers archived,hot --formats csv,ndjson,parquet`
 */
export async function exported(figures: Figures, options: BenchOptions): Promise<void> {
  const { records = "5000000", tiers = "archived", formats = "csv,ndjson,parquet" } = options;
  for (const tier of tiers.split(",")) {
    const stateDir = mkdtempSync(join(tmpdir(), "weir-bench-"));
    const server = await startServer({ stateDir, withInspector: true });
    try {
      if (tier === "archived") await archiveOnly(server, [tier]);
      const { lines } = await store(server, tier, Number(records), tier === "hot");
      await tidy(server, tier);
      for (const format of formats.split(",")) await measure(figures, server, { tier, format, lines, stateDir });
      await resume(figures, server, tier, lines);
    } finally {
      await server.stop();
      rmSync(stateDir, { recursive: true, force: true });
    }
  }
}

interface Export {
  tier: string;
  format: string;
  lines: number;
  stateDir: string;
}

async function measure(figures: Figures, server: Server, { tier, format, lines, stateDir }: Export): Promise<void> {
  const of = `${format}, ${lines / 1e6} million ${tier}`;
  const memory = new MemoryMeter(server);
  const startMs = performance.now();
  const file = join(stateDir, `exported.${format}`);
  const into = format === "parquet" ? createWriteStream(file) : undefined;
  let [bytes, newlines, isHalf] = [0, 0, false];
  for await (const chunk of await exportOf(server, tier, format)) {
    bytes += chunk.length;
    newlines += newlinesIn(chunk);
    if (into && !into.write(chunk)) await once(into, "drain");
    if (isHalf || newlines < lines / 2) continue;
    isHalf = true;
    await memory.add(figures, `in the first half of ${of}`);
  }
  const tookS = (performance.now() - startMs) / 1_000;
  await memory.add(figures, isHalf ? `in the second half of ${of}` : `during ${of}`);
  memory.stop();
  into?.end();
  if (into) await finished(into);
  // A CSV file begins with the names of its columns.
  const count = into ? await countParquet(file) : newlines - (format === "csv" ? 1 : 0);
  if (count !== lines) throw new Error(`${of}: ${count} records came of ${lines}`);
  figures.add(`exported as ${of}`, [lines / tookS], "records/s");
  figures.add(`size of ${of}`, [bytes / lines], "B a record");
}

/** Reads a tenth, breaks off in the middle of a record, goes on after the last whole one: each record comes once. */
async function resume(figures: Figures, server: Server, tier: string, lines: number): Promise<void> {
  const decoder = new TextDecoder();
  let [text, count] = ["", 0];
  let last: { service: string; shard?: number; seq: number; time: string } | undefined;
  for await (const chunk of await exportOf(server, tier, "ndjson")) {
    text += decoder.decode(chunk, { stream: true });
    const whole = text.split("\n");
    text = whole.pop()!;
    count += whole.length;
    if (whole.length > 0) last = JSON.parse(whole.at(-1)!);
    if (count > lines / 10) break;
  }
  const after = `${last!.service}/${last!.shard ?? 0}/${last!.seq}@${last!.time}`;
  let rest = 0;
  for await (const chunk of await exportOf(server, tier, "ndjson", after)) rest += newlinesIn(chunk);
  if (count + rest !== lines)
    throw new Error(`${count} records before the break and ${rest} after it are not ${lines}`);
  figures.add(`gone on with after ${count.toLocaleString("en")} records, ${tier}`, [rest], "records");
}

async function exportOf(
  server: Server,
  service: string,
  format: string,
  after = "",
): Promise<ReadableStream<Uint8Array>> {
  const query = new URLSearchParams({ service, format, from: "0", after });
  const response = await fetch(`${server.url}/api/export?${query}`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  if (!response.ok) throw new Error(`the export was answered ${response.status}: ${await response.text()}`);
  return response.body!;
}

function newlinesIn(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

async function countParquet(file: string): Promise<number> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const reader = await connection.runAndReadAll(`SELECT count(*)::INT FROM '${file}'`);
  return reader.getRows()[0]![0] as number;
}
