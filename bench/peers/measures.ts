export interface Measure {
  name: string;
  title: string;
  unit: string;
  best: "high" | "low";
  /** What the programs' scripts call it. */
  metric: RegExp;
}

/** What taking lines is compared by. Every program measures itself by its own script. */
export const TAKING = [
  {
    name: "ingest",
    title: "raw lines until they can be asked for",
    unit: "lines/s",
    best: "high",
    metric: /^ingest_e2e(?: \(|$)/,
  },
  { name: "live", title: "send → seen, p50", unit: "ms", best: "low", metric: /^live_p50$/ },
  { name: "bytes", title: "on disk", unit: "B/line", best: "low", metric: /^disk(?:$| \()/ },
  {
    name: "memory",
    title: "peak while taking lines",
    unit: "MiB",
    best: "low",
    metric: /^(?:ingest_e2e_)?mem(?:_peak)?$|^ingest_e2e.*_mem_(?:peak|end)$/,
  },
] as const satisfies readonly Measure[];

/** What answering is compared by: over all lines, the median of some runs after one for the caches. */
export const ANSWERING = [
  { name: "minutes", title: "counts per minute", unit: "ms", best: "low", metric: /^(?:grep\/awk )?q1_minutes$/ },
  { name: "statuses", title: "counts per status", unit: "ms", best: "low", metric: /^(?:grep\/awk )?q2_status$/ },
  { name: "paths", title: "top 10 paths", unit: "ms", best: "low", metric: /^(?:grep\/awk )?q3_top10$/ },
  { name: "count", title: "count of a word", unit: "ms", best: "low", metric: /^(?:grep\/awk )?q4_search_count$/ },
  {
    name: "newest",
    title: "newest 50 errors with a word",
    unit: "ms",
    best: "low",
    metric: /^(?:grep\/awk )?q5_search_latest50$/,
  },
] as const satisfies readonly Measure[];

const MEASURES: readonly Measure[] = [...TAKING, ...ANSWERING];

/** One line that a script of a peer prints. */
export interface PeerFigure {
  peer: string;
  metric: string;
  /** Absent or null: it was skipped. */
  value?: number | null;
  unit?: string;
  n?: number;
  load1?: number;
  /** How many rows a question found; of a count the count itself. */
  rows?: number;
}

/** A program and what it reached; what it does not do is absent. */
export interface Reached {
  peer: string;
  figures: Partial<Record<string, number>>;
  /** What its questions found, by measure. */
  rows: Partial<Record<string, number>>;
  /** The highest load of the machine while it ran. */
  load1: number;
}

/** Figures by program, in the order in which the programs first appear. The first figure of a measure counts. */
export function reachedBy(figures: readonly PeerFigure[]): Reached[] {
  const peers = new Map<string, Reached>();
  for (const { peer, metric, value, rows, load1 = 0 } of figures) {
    if (typeof value !== "number") continue;
    const reached = peers.get(peer) ?? { peer, figures: {}, rows: {}, load1: 0 };
    peers.set(peer, reached);
    reached.load1 = Math.max(reached.load1, load1);
    const measure = MEASURES.find((each) => each.metric.test(metric));
    if (!measure || reached.figures[measure.name] !== undefined) continue;
    reached.figures[measure.name] = value;
    if (typeof rows === "number") reached.rows[measure.name] = rows;
  }
  return [...peers.values()].filter(({ figures: of }) => Object.keys(of).length > 0);
}

/** Who found something else than the first program did; a figure for another answer compares nothing. */
export function disagreements(reached: readonly Reached[]): string[] {
  const [own, ...others] = reached;
  if (!own) return [];
  return others.flatMap(({ peer, rows }) =>
    ANSWERING.filter(
      ({ name }) => own.rows[name] !== undefined && rows[name] !== undefined && own.rows[name] !== rows[name],
    ).map(({ name, title }) => `${title}: ${peer} found ${rows[name]}, ${own.peer} ${own.rows[name]}`),
  );
}
