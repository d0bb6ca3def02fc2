import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** Text without a line end is passed on in pieces of this size: the server cuts lines far earlier, and memory has an end. */
const MAX_LINE_CHARS = 4_000_000;

/**
 * The lines of a stream of UTF-8, without their line ends, as many at a time as came together.
 *
 * Not `node:readline`: it also splits at U+2028, which JSON leaves unescaped inside strings.
 */
export async function* linesOf(stream: Readable): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
    rest = lines.pop()!;
    if (rest.length > MAX_LINE_CHARS) {
      lines.push(rest);
      rest = "";
    }
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  rest += decoder.decode();
  if (rest !== "") yield [withoutReturn(rest)];
}

/** The lines of a file; one named `.gz` is unpacked on the way. */
export function linesOfFile(path: string): AsyncGenerator<string[]> {
  const file = createReadStream(path);
  if (!path.endsWith(".gz")) return linesOf(file);
  const unpacked = createGunzip();
  file.on("error", (error) => unpacked.destroy(error));
  return linesOf(file.pipe(unpacked));
}

const withoutReturn = (line: string) => (line.endsWith("\r") ? line.slice(0, -1) : line);
