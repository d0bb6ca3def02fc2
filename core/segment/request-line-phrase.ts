import { foldedBytes, standsAt, textsPassing } from "./bytes-test.ts";
import type { TextColumn } from "./parquet/read-chunk.ts";
import type { TextValues } from "./parquet/text-values.ts";

/** More different methods with protocols than that are no request lines of browsers: they are put together one by one. */
const MAX_PAIRS = 64;
const SPACE = 0x20;

export interface RequestLines {
  methods: TextColumn;
  paths: TextColumn;
  protocols: TextColumn;
}

/**
 * The rows whose request line (method, path and protocol, a space between them) holds a phrase that reaches from one part into
 * the next, or lies in the method or protocol; a phrase that lies in the path is left out. Undefined where there are too many
 * different methods and protocols.
 *
 * No line is put together: what stands before a space of the phrase ends one part, what stands after it begins the next one.
 */
export function linesWithPhrase({ methods, paths, protocols }: RequestLines, phrase: string): Uint8Array | undefined {
  const width = protocols.texts.count + 1;
  const pairs = (methods.texts.count + 1) * width;
  if (pairs > MAX_PAIRS) return undefined;
  const folded = foldedBytes(phrase);
  // Table 0 is of the pairs that pass with no path.
  const tables: (Uint8Array | undefined)[] = [undefined];
  const tableOf = new Uint8Array(pairs);
  for (let method = 0; method < methods.texts.count; method++) {
    for (let protocol = 0; protocol < protocols.texts.count; protocol++) {
      const passing = pathsBetween(
        foldedAt(methods.texts, method),
        foldedAt(protocols.texts, protocol),
        paths.texts,
        folded,
      );
      if (passing) tableOf[method * width + protocol] = tables.push(passing) - 1;
    }
  }
  const rows = new Uint8Array(paths.codes.length);
  if (tables.length === 1) return rows;
  const stride = paths.texts.count + 1;
  const all = new Uint8Array(tables.length * stride);
  for (const [at, table] of tables.entries()) if (table) all.set(table, at * stride);
  const [ofMethod, ofPath, ofProtocol] = [methods.codes, paths.codes, protocols.codes];
  for (let at = 0; at < rows.length; at++)
    rows[at] = all[tableOf[ofMethod[at]! * width + ofProtocol[at]!]! * stride + ofPath[at]!]!;
  return rows;
}

const foldedAt = (texts: TextValues, at: number): Uint8Array => foldedBytes(texts.peek(at));

/** The paths that make, between a method and a protocol, a line with the phrase; undefined where none does. */
function pathsBetween(
  method: Uint8Array,
  protocol: Uint8Array,
  paths: TextValues,
  phrase: Uint8Array,
): Uint8Array | undefined {
  if (holds(method, phrase) || holds(protocol, phrase)) return new Uint8Array(paths.count + 1).fill(1, 0, paths.count);
  const afterMethod: Uint8Array[] = [];
  const beforeProtocol: Uint8Array[] = [];
  for (let at = phrase.indexOf(SPACE); at >= 0; at = phrase.indexOf(SPACE, at + 1)) {
    const [before, after] = [phrase.subarray(0, at), phrase.subarray(at + 1)];
    if (before.length <= method.length && standsAt(before, method, method.length - before.length))
      afterMethod.push(after);
    if (after.length <= protocol.length && standsAt(after, protocol, 0)) beforeProtocol.push(before);
  }
  if (afterMethod.length + beforeProtocol.length === 0) return undefined;
  const rest = Uint8Array.of(SPACE, ...protocol);
  const start = Uint8Array.of(...method, SPACE);
  return textsPassing(
    paths,
    (bytes, from, to) =>
      afterMethod.some((piece) => begins(piece, bytes, from, to, rest)) ||
      beforeProtocol.some((piece) => ends(piece, start, bytes, from, to)),
  );
}

function holds(text: Uint8Array, phrase: Uint8Array): boolean {
  for (let at = 0; at + phrase.length <= text.length; at++) if (standsAt(phrase, text, at)) return true;
  return false;
}

/** Whether the path and what follows it begin with a piece. */
function begins(piece: Uint8Array, bytes: Uint8Array, from: number, to: number, rest: Uint8Array): boolean {
  const own = to - from;
  if (piece.length <= own) return standsAt(piece, bytes, from);
  if (piece.length > own + rest.length) return false;
  return standsAt(piece.subarray(0, own), bytes, from) && standsAt(piece.subarray(own), rest, 0);
}

/** Whether what stands before the path and the path end with a piece. */
function ends(piece: Uint8Array, start: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  const before = piece.length - (to - from);
  if (before <= 0) return standsAt(piece, bytes, to - piece.length);
  if (before > start.length) return false;
  return (
    standsAt(piece.subarray(0, before), start, start.length - before) && standsAt(piece.subarray(before), bytes, from)
  );
}
