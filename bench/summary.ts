// How long summarising, encoding, decoding and merging take, on synthetic access records.
//   node bench/summary.ts [records a batch, 5000] [batches, 100]
// 2,000 paths and 50,000 clients, both Zipf-distributed; texts are fresh slices of a body, as a parser gives them.
import { LogRecord } from "../core/record.ts";
import { decodeSummary } from "../core/summary/decode-summary.ts";
import { encodeSummary } from "../core/summary/encode-summary.ts";
import { topOf } from "../core/summary/read-summary.ts";
import { type SummaryPart, summarise } from "../core/summary/summarise.ts";
import { mergeAll } from "../core/summary/summary.ts";

const BATCH = Number(process.argv[2] ?? 5_000);
const BATCHES = Number(process.argv[3] ?? 100);

let seed = 1;
/** mulberry32: the same numbers on every run. */
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
const below = (limit: number): number => Math.floor(random() * limit);
const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;

function zipf(count: number, exponent: number): () => number {
  const cumulative = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) cumulative[i] = total += (i + 1) ** -exponent;
  return () => {
    const at = random() * total;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

const NAMES = "users orders cart checkout products search login static assets images api admin reports profile".split(
  " ",
);
const PATHS = Array.from({ length: 2_000 }, (_, i) =>
  random() < 0.3
    ? `/${pick(NAMES)}/${1000 + below(90_000)}`
    : `/api/v${1 + below(2)}/${pick(NAMES)}/${pick(NAMES)}-${i}`,
);
const CLIENTS = Array.from({ length: 50_000 }, () => ({
  ip: `${1 + below(223)}.${below(256)}.${below(256)}.${1 + below(254)}`,
  country: pick(["US", "DE", "FR", "IN", "BR", "GB", "CN", "JP", "NL", "SE"]),
  browser: pick(["Chrome", "Firefox", "Safari", "Edge"]),
  os: pick(["Windows", "Mac OS", "Linux", "iOS", "Android"]),
  device: pick(["desktop", "mobile", "tablet"]),
  bot: random() < 0.1 ? pick(["Googlebot", "bingbot", "curl"]) : undefined,
}));
const REFERRERS = ["https://www.google.com/", "https://www.example.com/products", "https://t.co/a8Kd0"];
const pathAt = zipf(PATHS.length, 1.05);
const clientAt = zipf(CLIENTS.length, 0.8);

function batchAt(startMs: number): LogRecord[] {
  let body = "";
  const records = Array.from({ length: BATCH }, (_, i) => {
    const client = CLIENTS[clientAt()]!;
    const path = PATHS[pathAt()]!;
    const texts = [client.ip, pick(["GET", "GET", "GET", "POST", "PUT"]), path, path.replace(/\d{4,}/, ":id")];
    if (random() < 0.7) texts.push(pick(REFERRERS));
    const spans = texts.map((text) => {
      const from = body.length;
      body += `${text} `;
      return [from, from + text.length] as const;
    });
    const record = new LogRecord();
    record.tsMs = startMs + i;
    record.level = "info";
    record.status = pick([200, 200, 200, 200, 304, 404, 500]);
    record.bytes = below(5_000);
    record.durationMs = Math.exp(2 + 2 * random()) / 1_000;
    const { country, browser, os, device, bot } = client;
    return { record: Object.assign(record, { country, browser, os, device, bot }), spans };
  });
  // Flat first, so that slices point into it as they do into the text of a request.
  const text = JSON.parse(JSON.stringify(body)) as string;
  return records.map(({ record, spans }) => {
    const [ip, method, path, template, referrer] = spans.map(([from, to]) => text.slice(from, to));
    return Object.assign(record, { ip, method, path, pathTemplate: template, referrer });
  });
}

function timed<Value>(name: string, items: number, unit: string, work: () => Value): Value {
  const from = performance.now();
  const value = work();
  const ms = performance.now() - from;
  console.log(`${name.padEnd(22)} ${((ms * 1000) / items).toFixed(3).padStart(9)} µs/${unit}`);
  return value;
}

for (const round of ["cold", "warm"]) {
  console.log(`${round}: ${BATCHES} batches of ${BATCH} records`);
  const batches = Array.from({ length: BATCHES }, (_, i) => batchAt(Date.UTC(2026, 10, 1) + i * 60_000));
  const parts: SummaryPart[] = timed("summarise", BATCHES * BATCH, "record", () =>
    batches.flatMap((batch) => summarise(batch)),
  );
  const texts = timed("encode", parts.length, "part", () => parts.map(({ summary }) => encodeSummary(summary)));
  const read = timed("decode", parts.length, "part", () =>
    texts.map((text) => {
      const result = decodeSummary(text);
      if (!result.ok) throw new Error(result.detail);
      return result.value;
    }),
  );
  const merged = timed("merge", parts.length, "part", () => mergeAll(read));
  const top = timed("top 10 paths", 1, "question", () => topOf(merged, "path", 10));
  const bytes = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
  console.log(`${merged.count} records, ${bytes.toFixed(0)} bytes a part, error bound of paths ${top.errorBound}\n`);
}
