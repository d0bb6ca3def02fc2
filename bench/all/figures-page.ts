import type { Figure } from "../figure.ts";
import { markdownTable } from "../page.ts";

/** A bench of a whole run: what it printed, and what went wrong. */
export interface Ran {
  command: string;
  figures: readonly Figure[];
  /** Why it ended before its end; undefined if it did not. */
  failure?: string;
}

/** Figures among what a bench printed. Other lines, and JSON lines that are no figure, are for people. */
export const figuresIn = (output: string): Figure[] =>
  output
    .split("\n")
    .filter((line) => line.startsWith('{"bench":'))
    .flatMap((line) => {
      const figure = JSON.parse(line) as Partial<Figure>;
      return typeof figure.value === "number" && typeof figure.metric === "string" ? [figure as Figure] : [];
    });

/** All figures of a run as one Markdown table; a bench that failed has a row that says so. */
export function figuresTable(ran: readonly Ran[]): string {
  const rows = ran.flatMap(({ command, figures, failure }) => [
    ...figures.map(({ metric, value, unit, n, min, max, load1 }) => [
      `\`${command}\``,
      cell(metric),
      `${shown(value)} ${unit}`,
      n > 1 ? `${shown(min)} to ${shown(max)}, n=${n}` : "",
      load1.toFixed(1),
    ]),
    ...(failure === undefined ? [] : [[`\`${command}\``, `did not finish: ${cell(failure)}`, "–", "", ""]]),
  ]);
  return markdownTable([["command", "what", "median", "least to most", "load"], ...rows]);
}

const shown = (value: number): string => value.toLocaleString("en", { maximumSignificantDigits: 4 });
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
