import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const ASSETS = fileURLToPath(new URL("../../dist/assets", import.meta.url));

/** What a browser loads before it shows a number, gzipped as the edge sends it; and with what draws the first charts. */
const MAX_SCRIPT_BYTES = 42 * 1024;
const MAX_CHARTED_BYTES = 60 * 1024;
const MAX_STYLE_BYTES = 12 * 1024;

/** `npm test` builds dist/ first; vitest alone needs `npm start` or `npm test` once. */
const page = () => readFileSync(join(ASSETS, "index.html"), "utf8");

const gzippedBytes = (addresses: string[]): number =>
  addresses.reduce((sum, address) => sum + gzipSync(readFileSync(join(ASSETS, address))).length, 0);

const addresses = (html: string, ending: string): string[] =>
  [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)]
    .map(([, address]) => address!)
    .filter((address) => address.endsWith(ending));

it("loads at most 42 KB of script, gzipped, before the first figures", () => {
  const scripts = addresses(page(), ".js");
  expect(scripts.length).toBeGreaterThan(0);
  expect(gzippedBytes(scripts)).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
});

it("loads at most 60 KB of script, gzipped, for the whole first page, its charts included", () => {
  const charts = readdirSync(join(ASSETS, "static")).filter((name) => /^draw-.+\.js$/.test(name));
  expect(charts).toHaveLength(1);
  const scripts = [...addresses(page(), ".js"), `/static/${charts[0]}`];
  expect(gzippedBytes(scripts)).toBeLessThanOrEqual(MAX_CHARTED_BYTES);
});

it("loads at most 12 KB of style, gzipped", () => {
  const styles = addresses(page(), ".css");
  expect(styles.length).toBeGreaterThan(0);
  expect(gzippedBytes(styles)).toBeLessThanOrEqual(MAX_STYLE_BYTES);
});

it("has no script in the page itself: its policy would not run it", () => {
  for (const [, text] of page().matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) expect(text!.trim()).toBe("");
});
