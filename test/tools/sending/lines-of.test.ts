import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { linesOf, linesOfFile } from "../../../tools/sending/lines-of.ts";

const folder = mkdtempSync(join(tmpdir(), "weir-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function all(lines: AsyncGenerator<string[]>): Promise<string[]> {
  const found: string[] = [];
  for await (const some of lines) found.push(...some);
  return found;
}

describe("linesOf", () => {
  it.each([
    ["a last line without an end", "a\nb", ["a", "b"]],
    ["Windows ends", "a\r\nb\r\n", ["a", "b"]],
    ["empty lines", "a\n\nb\n", ["a", "", "b"]],
    ["U+2028 inside a line", '{"m":"a\u2028b"}\nc\n', ['{"m":"a\u2028b"}', "c"]],
    ["nothing", "", []],
  ])("reads %s", async (_name, text, lines) => {
    expect(await all(linesOf(Readable.from([Buffer.from(text)])))).toEqual(lines);
  });

  it("reads the same however the bytes were cut", async () => {
    const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n]/g, ""));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1 }), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        const bytes = Buffer.from(`${lines.join("\n")}\n`);
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        const expected = lines.map((text, i) => (i === 0 ? text.replace(/^\ufeff/, "") : text));
        expect(await all(linesOf(Readable.from(chunks)))).toEqual(expected);
      }),
    );
  });
});

describe("linesOfFile", () => {
  it("unpacks a .gz file", async () => {
    const path = join(folder, "a.log.gz");
    writeFileSync(path, gzipSync("one\ntwo\n"));
    expect(await all(linesOfFile(path))).toEqual(["one", "two"]);
  });

  it.each(["missing.log", "missing.log.gz"])("rejects for %s", async (name) => {
    await expect(all(linesOfFile(join(folder, name)))).rejects.toMatchObject({ code: "ENOENT" });
  });
});
