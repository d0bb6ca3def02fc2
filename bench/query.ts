import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SETTLED_MS } from "../core/summary/compact.ts";
import { ask } from "./api.ts";
import { archiveOnly } from "./archive-only.ts";
import type { Figures } from "./figure.ts";
import { MemoryMeter } from "./memory-meter.ts";
import { type BenchOptions, numbersOf } from "./options.ts";
import { bytesOfTables } from "./query/bytes-of.ts";
import { questions } from "./query/questions.ts";
import { store, tidy } from "./query/store.ts";
import { startServer } from "./with-server.ts";

/**
 * Questions over records in hot rows and in the archive, as the API answers them, what a record takes there, and the server's memory.
 * Each number of records and each tier has a server of its own. 10 million lines take four minutes to store on a quiet machine.
 *
 * `--records 1000000,10000000 --tiers archived,hot --runs 9`
 */
export async function query(figures: Figures, options: BenchOptions): Promise<void> {
  const { records = "1000000,10000000", tiers = "archived,hot", runs = "9" } = options;
  for (const lines of numbersOf(records))
    for (const tier of tiers.split(",")) await measure(figures, tier, lines, Number(runs));
}

async function measure(figures: Figures, tier: string, lines: number, runs: number): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), "weir-bench-"));
  const server = await startServer({ stateDir, withInspector: true });
  const of = `${lines / 1e6} million ${tier}`;
  try {
    if (tier === "archived") await archiveOnly(server, [tier]);
    const memory = new MemoryMeter(server);
    const stored = await store(server, tier, lines, tier === "hot");
    figures.add(`stored, made as they are sent, ${of}`, [stored.linesPerSecond], "lines/s");
    await memory.add(figures, `while stored, ${of}`);
    // What has just come is left alone by the minute's work: it may still change.
    await sleep(SETTLED_MS + 1_000);
    await tidy(server, tier);
    await memory.add(figures, `while tidied, ${of}`);
    await questions(figures, server, stored, runs);
    await memory.add(figures, `while asked, ${of}`);
    memory.stop();
    if (tier === "archived") {
      const { archive } = await ask<{ archive: { service: string; records: number; bytes: number }[] }>(
        server,
        "/api/pipeline",
      );
      const found = archive.find(({ service }) => service === tier)!;
      figures.add(`bytes a record of segments, ${of}`, [found.bytes / found.records], "B");
    }
    await server.stop();
    const { records, summaries, rollups, ...rest } = bytesOfTables(stateDir);
    const all: [string, number][] = [
      ["rows", records ?? 0],
      ["summaries", (summaries ?? 0) + (rollups ?? 0)],
      ["the rest of the database", Object.values(rest).reduce((sum, bytes) => sum + bytes, 0)],
    ];
    for (const [name, bytes] of all) figures.add(`bytes a record of ${name}, ${of}`, [bytes / lines], "B");
  } finally {
    await server.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}
