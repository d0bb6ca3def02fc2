import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

/** Folder → folders of the project that its files may import. The table in CONTRIBUTING.md. */
const MAY_IMPORT: Record<string, string[]> = {
  core: ["core"],
  migrations: ["migrations"],
  "durable-objects": ["durable-objects", "core", "migrations"],
  worker: ["worker", "core", "migrations", "durable-objects"],
  dashboard: ["dashboard", "core"],
  clients: ["clients"],
  tools: ["tools", "core", "clients", "bench"],
};

/** What core may take from npm: pure, no platform. */
const PURE_PACKAGES = ["valibot", "ua-parser-js", "mmdb-lib"];

const files = Object.keys(MAY_IMPORT).flatMap((folder) => sourcesIn(folder));

it.each(files)("%s imports only what its folder may", (file) => {
  const folder = file.split("/")[0]!;
  for (const { path, isType } of importsOf(file)) {
    if (path.startsWith(".")) {
      const target = normalize(join(dirname(file), path)).split("/")[0]!;
      const isApiType = folder === "dashboard" && target === "worker" && isType;
      expect(isApiType || MAY_IMPORT[folder]!.includes(target), `${file} imports ${path}`).toBe(true);
    } else if (folder === "core") {
      expect(
        PURE_PACKAGES.some((name) => path === name || path.startsWith(`${name}/`)),
        `${file} imports ${path}`,
      ).toBe(true);
    }
  }
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (name === "node_modules") return [];
    if (statSync(path).isDirectory()) return sourcesIn(path);
    return /\.tsx?$/.test(name) && !name.endsWith(".d.ts") ? [path] : [];
  });
}

function importsOf(file: string): { path: string; isType: boolean }[] {
  // Configurations for others to copy stand in template strings, imports and all.
  const text = readFileSync(file, "utf8").replace(/`(?:[^`\\]|\\.)*`/gs, "``");
  return [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gms)].map(
    ([, type, path]) => ({
      path: path!,
      isType: type !== undefined,
    }),
  );
}
