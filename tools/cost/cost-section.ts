import { OTHERS, PRICES } from "./prices.ts";

/** Operations per million lines, as test/worker/cost counts them. */
export interface Counts {
  streamRows: number;
  streamCalls: number;
  queueOperations: number;
  databaseRows: number;
  bucketPuts: number;
}
export type BatchSize = "1" | "10" | "100" | "1000";
export type CountsByTier = Record<"hot" | "archive", Record<BatchSize, Counts>>;

const SIZES: readonly BatchSize[] = ["1", "10", "100", "1000"];
/** Processor time of the whole way a line, measured on a busy machine: docs/benchmarks.md. */
const CPU_MS_A_LINE = 0.04;
/** A line of 300 bytes, compressed five and a half times. */
const ARCHIVED_BYTES_A_LINE = 55;
/** Millions in a billion. */
const BILLION = 1_000;

interface Item {
  name: string;
  /** Dollars per billion lines. */
  dollars: (counts: Counts, linesABatch: number) => number;
}

const ITEMS: readonly Item[] = [
  { name: "Worker requests", dollars: (_, size) => (BILLION / size) * PRICES.request },
  { name: "Worker processor time", dollars: () => BILLION * CPU_MS_A_LINE * PRICES.cpuMs },
  { name: "stream calls", dollars: ({ streamCalls }) => (streamCalls / 1_000) * PRICES.streamCall },
  { name: "stream rows", dollars: ({ streamRows }) => (streamRows / 1_000) * PRICES.streamRow },
  { name: "queue operations", dollars: ({ queueOperations }) => (queueOperations / 1_000) * PRICES.queueOperation },
  { name: "D1 rows written", dollars: ({ databaseRows }) => (databaseRows / 1_000) * PRICES.databaseRow },
  { name: "R2 puts", dollars: ({ bucketPuts }) => (bucketPuts / 1_000) * PRICES.bucketPut },
];

/** Dollars per billion lines, storage left out. */
export const totalOf = (counts: Counts, linesABatch: number): number =>
  ITEMS.reduce((sum, { dollars }) => sum + dollars(counts, linesABatch), 0);

/** The part of docs/limits-and-cost.md that is made from counts and prices. */
export function costSection(counts: CountsByTier): string {
  return [
    "Counted, not guessed: `test/worker/cost` takes lines of a busy service from the Worker to the database and asserts every number of",
    "operations below within 10 %. Prices are the list prices of Workers Paid before allowances; `npm run cost` writes this part anew.",
    "",
    "### Operations per million lines",
    "",
    table(
      ["lines a batch", ...SIZES],
      [...rowsOf(counts, "hot", "hot rows"), ...rowsOf(counts, "archive", "archive only (`hotDays: 0`)")],
    ),
    "",
    "### Dollars per billion lines",
    "",
    table(
      ["", ...SIZES.map((size) => `batches of ${Number(size).toLocaleString("en")}`)],
      [
        ...ITEMS.map(({ name, dollars }) => [
          `${name}, archive only`,
          ...SIZES.map((size) => money(dollars(counts.archive[size], Number(size)))),
        ]),
        [
          "**archive only, together**",
          ...SIZES.map((size) => `**${money(totalOf(counts.archive[size], Number(size)))}**`),
        ],
        ["D1 rows written, hot", ...SIZES.map((size) => money(counts.hot[size].databaseRows / 1_000))],
        ["**hot rows, together**", ...SIZES.map((size) => `**${money(totalOf(counts.hot[size], Number(size)))}**`)],
      ],
    ),
    "",
    `A month of storage is ${money(ARCHIVED_BYTES_A_LINE * PRICES.bucketGigabyte)} more for a billion lines in R2 (${ARCHIVED_BYTES_A_LINE} bytes a line).`,
    "Hot rows are deleted when their window is over, and a deleted row counts as written: another $1,000 per billion. A batch with an",
    "`Idempotency-Key` writes two more stream rows. A stream that is written to saves its counters once a second: one row and one alarm,",
    "86,400 of each a day at most. Lines over one WebSocket share writes: frames that arrive while others are written go together.",
    "",
    "### Beside others, for a billion lines of 300 bytes in a month",
    "",
    table(
      ["", "dollars", "what the price is made of"],
      [
        ["Weir, archive only, batches of 1,000", money(totalOf(counts.archive["1000"], 1_000)), "above"],
        ["Weir, hot rows, batches of 1,000", money(totalOf(counts.hot["1000"], 1_000)), "above"],
        ...OTHERS.map(({ name, basis, dollars }) => [name, `$${dollars}`, basis]),
      ],
    ),
  ].join("\n");
}

function rowsOf(counts: CountsByTier, tier: "hot" | "archive", name: string): string[][] {
  const row = (what: string, of: (counts: Counts) => number) => [
    `${what}, ${name}`,
    ...SIZES.map((size) => of(counts[tier][size]).toLocaleString("en")),
  ];
  const rows = [
    row("D1 rows written", ({ databaseRows }) => databaseRows),
    row("R2 puts", ({ bucketPuts }) => bucketPuts),
  ];
  if (tier === "archive") return rows;
  return [
    row("stream rows written", ({ streamRows }) => streamRows),
    row("stream calls", ({ streamCalls }) => streamCalls),
    row("queue operations", ({ queueOperations }) => queueOperations),
    ...rows.slice(0, 1),
  ];
}

const money = (dollars: number): string =>
  `$${dollars.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const BEGIN = "<!-- made by npm run cost: begin -->";
const END = "<!-- made by npm run cost: end -->";

/** The page with its made part replaced. Throws where the page has no place for it. */
export function withCostSection(page: string, counts: CountsByTier): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the page has no ${BEGIN} … ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${costSection(counts)}\n\n${page.slice(end)}`;
}
