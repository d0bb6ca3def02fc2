/** What is compared. Every program measures itself by its own scripts; these are the names that they print. */
export const MEASURES = [
  {
    name: "ingest",
    title: "raw lines until they can be asked for",
    unit: "lines/s",
    best: "high",
    metric: /^ingest_e2e(?: \(|$)/,
  },
  { name: "live", title: "send → seen, p50", unit: "ms", best: "low", metric: /^live_p50$/ },
  {
    name: "queries",
    title: "four questions over all lines",
    unit: "ms",
    best: "low",
    metric: /^(?:grep\/awk )?q_sum_1to4$|^q_report/,
  },
  { name: "bytes", title: "on disk", unit: "B/line", best: "low", metric: /^disk(?:$| \()/ },
  {
    name: "memory",
    title: "peak while taking lines",
    unit: "MiB",
    best: "low",
    metric: /^(?:ingest_e2e_)?mem(?:_peak)?$/,
  },
] as const;

export type MeasureName = (typeof MEASURES)[number]["name"];

/** One line that a script of a peer prints. */
export interface PeerFigure {
  peer: string;
  metric: string;
  /** Absent or null: it was skipped. */
  value?: number | null;
  unit?: string;
  n?: number;
  load1?: number;
}

/** A program and what it reached; what it does not do is absent. */
export interface Reached {
  peer: string;
  figures: Partial<Record<MeasureName, number>>;
  /** The highest load of the machine while it ran. */
  load1: number;
}

/** Figures by program, in the order in which the programs first appear. The first figure of a measure counts. */
export function reachedBy(figures: readonly PeerFigure[]): Reached[] {
  const peers = new Map<string, Reached>();
  for (const { peer, metric, value, load1 = 0 } of figures) {
    if (typeof value !== "number") continue;
    const reached = peers.get(peer) ?? { peer, figures: {}, load1: 0 };
    peers.set(peer, reached);
    reached.load1 = Math.max(reached.load1, load1);
    const measure = MEASURES.find((each) => each.metric.test(metric));
    if (measure) reached.figures[measure.name] ??= value;
  }
  return [...peers.values()].filter(({ figures: of }) => Object.keys(of).length > 0);
}
