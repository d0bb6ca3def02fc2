import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const ASSETS = fileURLToPath(new URL("../../dist/assets", import.meta.url));

/** What every page begins with, gzipped as the edge sends it; and the whole of a first page, its charts included. */
const MAX_SCRIPT_BYTES = 24 * 1024;
const MAX_PAGE_BYTES = 60_000;
const MAX_STYLE_BYTES = 12 * 1024;

/** `npm test` builds dist/ first; vitest alone needs `npm start` or `npm test` once. */
const page = () => readFileSync(join(ASSETS, "index.html"), "utf8");

const gzippedBytes = (addresses: string[]): number =>
  addresses.reduce((sum, address) => sum + gzipSync(readFileSync(join(ASSETS, address))).length, 0);

const addresses = (html: string, ending: string): string[] =>
  [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)]
    .map(([, address]) => address!)
    .filter((address) => address.endsWith(ending));

const built = (name: RegExp): string => {
  const found = readdirSync(join(ASSETS, "static")).filter((file) => name.test(file));
  expect(found).toHaveLength(1);
  return `/static/${found[0]}`;
};

/** What the boot script asks for, by page: dashboard/build/boot-script.ts. */
const filesOfPages = (): Record<string, string[]> => {
  const boot = readFileSync(join(ASSETS, built(/^boot-.+\.js$/)), "utf8");
  return JSON.parse(/^const PAGES = (.+);$/m.exec(boot)![1]!) as Record<string, string[]>;
};

it("begins every page with at most 24 KB of script, gzipped", () => {
  const scripts = addresses(page(), ".js");
  expect(scripts.length).toBeGreaterThan(0);
  expect(gzippedBytes(scripts)).toBeLessThanOrEqual(MAX_SCRIPT_BYTES);
});

/** Pages that open with a chart fetch what draws it at once. */
const CHARTED = new Set(["overview", "explore"]);

it.each([...CHARTED, "live", "query", "pipeline", "settings"])(
  "loads at most 60,000 bytes of script, gzipped, for the whole of %s, its charts included",
  (name) => {
    const files = filesOfPages()[name]!.filter((address) => address.endsWith(".js"));
    expect(files.length).toBeGreaterThan(0);
    const scripts = [...addresses(page(), ".js"), ...files, ...(CHARTED.has(name) ? [built(/^draw-.+\.js$/)] : [])];
    expect(gzippedBytes(scripts)).toBeLessThanOrEqual(MAX_PAGE_BYTES);
  },
);

it("loads at most 12 KB of style, gzipped", () => {
  const styles = addresses(page(), ".css");
  expect(styles.length).toBeGreaterThan(0);
  expect(gzippedBytes(styles)).toBeLessThanOrEqual(MAX_STYLE_BYTES);
});

it("has no script in the page itself: its policy would not run it", () => {
  for (const [, text] of page().matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)) expect(text!.trim()).toBe("");
});
