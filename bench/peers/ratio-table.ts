import { MEASURES, type Reached } from "./measures.ts";

/**
 * A Markdown table: each program's figure, and how many times better it is than the first one's (below 1: worse). Ratios of one run alone
 * mean something on a shared machine.
 */
export function ratioTable(reached: readonly Reached[]): string {
  const [own] = reached;
  if (!own) return "";
  const head = ["program", ...MEASURES.map(({ title, unit }) => `${title}, ${unit}`), "load"];
  const rows = reached.map(({ peer, figures, load1 }) => [
    peer,
    ...MEASURES.map(({ name, best }) => {
      const [value, base] = [figures[name], own.figures[name]];
      if (value === undefined) return "–";
      if (base === undefined || peer === own.peer) return shown(value);
      return `${shown(value)} (${ratio(best === "high" ? value / base : base / value)}×)`;
    }),
    load1.toFixed(1),
  ]);
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en") : value.toLocaleString("en", { maximumSignificantDigits: 3 });
const ratio = (value: number): string => value.toLocaleString("en", { maximumSignificantDigits: 2 });

const BEGIN = "<!-- peers: written by `npm run bench -- peers --write docs/benchmarks.md` -->";
const END = "<!-- end of peers -->";

/** The page with this text between its marks; at its end where it has none yet. */
export function withPeers(page: string, text: string): string {
  const block = `${BEGIN}\n${text.trim()}\n${END}`;
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${block}\n`;
  return page.slice(0, from) + block + page.slice(to + END.length);
}
