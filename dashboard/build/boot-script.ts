import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin, Rolldown } from "vite";

const SOURCE = new URL("../shell/boot.js", import.meta.url);
/** The module that is a page: `pages/live/live.tsx`. */
const PAGE = /\/pages\/([\w-]+)\/\1\.tsx$/;

/**
 * What has to happen before the first paint is done by a script that the page waits for: the chosen theme is set, and the
 * files of the page that the address names are asked for beside the first ones, not after those ran. It is a file of its
 * own, because the page's policy allows no inline script, and not a module, because modules run only once the page is
 * parsed.
 */
export function bootScript(): Plugin {
  return {
    name: "weir-boot",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const page = bundle["index.html"];
        if (page?.type !== "asset") throw new Error("there is no index.html to put the boot script into");
        const html = String(page.source);
        const source = `const PAGES = ${JSON.stringify(filesOfPages(bundle, html))};\n${readFileSync(SOURCE, "utf8")}`;
        const fileName = `static/boot-${createHash("sha256").update(source).digest("hex").slice(0, 8)}.js`;
        this.emitFile({ type: "asset", fileName, source });
        // Before the style: a script waits for the styles that stand before it.
        page.source = html.replace("<script", `<script src="/${fileName}"></script>\n    <script`);
      },
    },
  };
}

/** Page → the addresses of what it needs beside what the first page loads anyway. */
function filesOfPages(bundle: Rolldown.OutputBundle, html: string): Record<string, string[]> {
  const pages: Record<string, string[]> = {};
  for (const file of Object.values(bundle)) {
    if (file.type !== "chunk") continue;
    const [, name] = PAGE.exec(file.facadeModuleId?.replaceAll("\\", "/") ?? "") ?? [];
    if (!name) continue;
    const files = [...filesOf(file, bundle)]
      .map((fileName) => `/${fileName}`)
      .filter((address) => !html.includes(address));
    if (files.length > 0) pages[name] = files;
  }
  return pages;
}

function filesOf(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle, into = new Set<string>()): Set<string> {
  if (into.has(chunk.fileName)) return into;
  into.add(chunk.fileName);
  for (const style of chunk.viteMetadata?.importedCss ?? []) into.add(style);
  for (const name of chunk.imports) {
    const imported = bundle[name];
    if (imported?.type === "chunk") filesOf(imported, bundle, into);
  }
  return into;
}
