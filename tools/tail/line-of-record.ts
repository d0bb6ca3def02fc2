import type { RecordJson } from "../../core/record-json.ts";
import { plainText } from "./plain-text.ts";

const CODE = { reset: 0, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const;
type Colour = keyof typeof CODE;

const LEVEL_COLOUR: Record<string, Colour> = {
  trace: "dim",
  debug: "dim",
  info: "green",
  warn: "yellow",
  error: "red",
  fatal: "magenta",
};
const STATUS_COLOUR: readonly (Colour | undefined)[] = [undefined, "dim", "green", "cyan", "yellow", "red"];

/** One record as one line: time, level, then the request or the message, then what its sender added. */
export function lineOfRecord(record: RecordJson, isColoured: boolean): string {
  const paint = (colour: Colour | undefined, text: string): string =>
    isColoured && colour ? `\x1b[${CODE[colour]}m${text}\x1b[${CODE.reset}m` : text;
  const parts = [paint("dim", record.time.slice(11, 23).padEnd(12)), level(record.level)];
  if (record.method !== undefined && record.path !== undefined) {
    const { method, path, status, durationMs, ip } = record;
    if (status !== undefined) parts.push(paint(STATUS_COLOUR[Math.floor(status / 100)], String(status)));
    parts.push(plainText(`${method} ${path}`));
    if (durationMs !== undefined) parts.push(paint("dim", `${durationMs} ms`));
    if (ip !== undefined) parts.push(paint("dim", plainText(ip)));
  } else parts.push(plainText(record.message ?? record.raw ?? ""));
  if (record.attrs) parts.push(paint("dim", plainText(JSON.stringify(record.attrs))));
  return parts.join(" ");

  function level(name: string | undefined): string {
    return paint(LEVEL_COLOUR[name ?? ""], (name ?? "-").padEnd(5));
  }
}
