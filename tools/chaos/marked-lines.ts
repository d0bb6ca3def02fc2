import type { LineSource } from "../simulate/lines.ts";

/** What a record needs for its mark to be read back. */
export interface Marked {
  path?: string;
  attrs?: Record<string, unknown>;
}

/** Lines of a pretended application, each with a number of its own: in the path of a request, as a field of a JSON line. */
export function markedLines(source: LineSource): (mark: number, tsMs: number) => string {
  return (mark, tsMs) => {
    const line = source.next(tsMs);
    return line.startsWith("{") ? `{"mark":${mark},${line.slice(1)}` : line.replace(" HTTP/", `?mark=${mark} HTTP/`);
  };
}

/** The number of a stored record; undefined when it carries none. */
export function markOf({ path, attrs }: Marked): number | undefined {
  const text = attrs?.mark ?? (path === undefined ? undefined : /\?mark=(\d+)$/.exec(path)?.[1]);
  return text === undefined ? undefined : Number(text);
}

/** The number in a line that {@link markedLines} made. */
export const markIn = (line: string): number =>
  Number(/^\{"mark":(\d+)|\?mark=(\d+) HTTP\//.exec(line)?.slice(1).find(Boolean));
