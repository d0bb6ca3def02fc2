import { markdownTable } from "../page.ts";
import { ANSWERING, type Measure, type Reached, TAKING } from "./measures.ts";

/** A program that did not run, and why. */
export interface Absent {
  peer: string;
  why: string;
}

/**
 * Two Markdown tables, of taking lines and of answering: each program's figure, and how many times better it is than the first one's (below 1:
 * worse). Ratios of one run alone mean something on a shared machine. Whoever did not run has a row that says why.
 */
export function ratioTables(reached: readonly Reached[], absent: readonly Absent[] = []): string {
  if (!reached[0]) return "";
  const missing = absent.map(({ peer, why }) => `${peer}: ${why}`).join("\n- ");
  return [
    ratioTable(reached, TAKING, absent),
    ratioTable(reached, ANSWERING, []),
    ...(missing ? [`Did not run:\n\n- ${missing}`] : []),
  ].join("\n\n");
}

function ratioTable(reached: readonly Reached[], measures: readonly Measure[], absent: readonly Absent[]): string {
  const own = reached[0]!;
  const head = ["program", ...measures.map(({ title, unit }) => `${title}, ${unit}`), "load"];
  const rows = reached.map(({ peer, figures, load1 }) => [
    peer,
    ...measures.map(({ name, best }) => {
      const [value, base] = [figures[name], own.figures[name]];
      if (value === undefined) return "–";
      if (base === undefined || peer === own.peer) return shown(value);
      return `${shown(value)} (${ratio(best === "high" ? value / base : base / value)}×)`;
    }),
    load1.toFixed(1),
  ]);
  const none = absent.map(({ peer }) => [peer, "did not run", ...measures.map(() => "–")]);
  return markdownTable([head, ...rows, ...none]);
}

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en") : value.toLocaleString("en", { maximumSignificantDigits: 3 });
const ratio = (value: number): string => value.toLocaleString("en", { maximumSignificantDigits: 2 });
