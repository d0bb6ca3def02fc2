import { packTextOf } from "../core/delivery/pack-text.ts";
import { enrich } from "../core/enrich/pipeline.ts";
import { parseLine } from "../core/parse/parse-line.ts";
import { parseFilter } from "../core/query/parse-filter.ts";
import type { PackedRows } from "../core/segment/column-builder.ts";
import { filterGroup } from "../core/segment/filter-group.ts";
import { groupOf } from "../core/segment/merge-segments.ts";
import { indexOf } from "../core/segment/open-segment.ts";
import { placesOf } from "../core/segment/selection.ts";
import { writeSegment } from "../core/segment/write-segment.ts";
import { DEFAULT_SETTINGS } from "../core/settings.ts";
import { FAST_LEVEL, SMALL_LEVEL, zstdCodec } from "../worker/archive/zstd-codec.ts";
import { accessLog } from "./access-log.ts";
import type { Figures } from "./figure.ts";
import type { BenchOptions } from "./options.ts";

const PACK = 2_000;
const START_MS = Date.UTC(2026, 10, 21);
const FILTERS = ["GPTBot", "status:>=500 coupons", "path:/api/*", "-GET", "zanzibarium"];

/**
 * Segments written from packs as they come out of their compression, and searched, in this process, by processor time: other work on the machine disturbs it less than a clock.
 *
 * `--rows 50000 --runs 9`
 */
export async function segment(figures: Figures, { rows = "50000", runs = "9" }: BenchOptions): Promise<void> {
  const count = Number(rows);
  const packs = packsOf(count);
  for (const [name, level] of [
    ["spilled", FAST_LEVEL],
    ["sealed", SMALL_LEVEL],
  ] as const) {
    const codec = zstdCodec(level);
    let bytes = new Uint8Array();
    const rates = await ratesOf(Number(runs), count, async () => {
      bytes = new Uint8Array(writeSegment("bench", packs, codec).bytes);
    });
    figures.add(`written from packs, ${name}`, rates, "rows a CPU second");
    figures.add(`size, ${name}`, [bytes.length / count], "B a record");
    if (name === "spilled") continue;
    for (const q of FILTERS) {
      const searched = await ratesOf(Number(runs), count, () => search(bytes, q));
      figures.add(`searched, ${q}`, searched, "records a CPU second");
    }
  }
}

function packsOf(count: number): PackedRows[] {
  const log = accessLog(1, 1_000_000, START_MS);
  const packs: PackedRows[] = [];
  for (let from = 0; from < count; from += PACK) {
    const records = Array.from({ length: Math.min(PACK, count - from) }, () => {
      const record = parseLine(log.next(), { nowMs: START_MS, zone: "UTC", durationUnit: "ms" });
      enrich(record, { nowMs: START_MS, settings: DEFAULT_SETTINGS, countryOf: () => "DE" });
      return record;
    });
    const { rows, agents } = packTextOf(records);
    packs.push({ shard: 0, firstSeq: from + 1, rowBytes: Buffer.from(rows), agentBytes: Buffer.from(agents) });
  }
  return packs;
}

async function search(bytes: Uint8Array, q: string): Promise<void> {
  const filter = parseFilter(q);
  if (!filter.ok) throw new Error(filter.detail);
  const { footer } = indexOf(bytes);
  const codec = zstdCodec(FAST_LEVEL);
  for (let at = 0; at < footer.groups.length; at++) {
    const group = groupOf(bytes, footer, at, codec);
    const found = await filterGroup(group, filter.value, { service: "bench", nowMs: START_MS });
    if (placesOf(found, group.rows).length === 0) continue;
    await group.load(["time"]);
    group.number("time");
  }
}

/** Of each run how many of `count` a second of processor time, in all threads, would do. The first runs only warm up. */
async function ratesOf(runs: number, count: number, work: () => Promise<void>): Promise<number[]> {
  const rates: number[] = [];
  for (let run = -3; run < runs; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    if (run >= 0) rates.push(count / ((user + system) / 1e6));
  }
  return rates;
}
