import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

export interface Part {
  name: string;
  /** What writes it, for whoever is about to edit it by hand. */
  command: string;
}

/** The page with `text` between the marks of this part; at its end where it has none yet. What people wrote outside of marks stays. */
export function withPart(page: string, { name, command }: Part, text: string): string {
  const [begin, end] = [`<!-- ${name}: `, `<!-- end of ${name} -->`];
  const block = `${begin}written by \`${command}\` -->\n${text.trim()}\n${end}`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${block}\n`;
  return page.slice(0, from) + block + page.slice(to + end.length);
}

/** Writes a part into the page of this path; nothing without one. */
export function writePart(path: string | undefined, part: Part, text: string): void {
  if (path === undefined) return;
  writeFileSync(path, withPart(readFileSync(path, "utf8"), part, text));
  console.log(`\nWritten to ${path}`);
}

/** Rows of cells as a Markdown table; the first is its head. */
export const markdownTable = ([head = [], ...rows]: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** "2 × AMD EPYC, 24 GiB, Node 24.1.0". */
export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? "processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
