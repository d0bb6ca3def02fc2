import type { Parser } from "./parser.ts";
import { putAttr } from "./put-attr.ts";
import { isWord } from "./time/cursor.ts";

const SPACE = 32;
const DASH = 45;
const DOT = 46;
const BAR = 124;

/** Names of containers; the spaces after them align the bars. */
const MAX_NAME_CHARS = 64;
const MAX_SPACES = 32;

/** `web-1`, as Docker Compose names containers since its second version. */
const REPLICA = /-\d{1,4}$/;

/**
 * What `docker compose logs` prints: `web-1  | content`. The content is read as a line of its own.
 *
 * Tables and other text have bars too: without a replica's number it counts only before a line of a known format.
 */
export const compose: Parser = {
  name: "compose",
  starts: ["letter"],
  parse(line, context, inside) {
    const nameEnd = endOfName(line);
    let bar = nameEnd;
    while (line.charCodeAt(bar) === SPACE && bar - nameEnd <= MAX_SPACES) bar++;
    if (bar === nameEnd || line.charCodeAt(bar) !== BAR || line.charCodeAt(bar + 1) !== SPACE) return undefined;
    const name = line.slice(0, nameEnd);
    const record = inside(line.slice(bar + 2), context);
    if (record.parser === "text" && !REPLICA.test(name)) return undefined;
    record.app ??= name.replace(REPLICA, "");
    putAttr(record, "container", name);
    record.raw = line;
    return record;
  },
};

function endOfName(line: string): number {
  let at = 0;
  while (at <= MAX_NAME_CHARS && isNameCode(line.charCodeAt(at))) at++;
  return at;
}

const isNameCode = (code: number): boolean => isWord(code) || code === DASH || code === DOT;
