import { createHash } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../install.mjs";

const NAME = "manifest.json";

/** Every file below a folder, as paths relative to it. */
export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path !== NAME && statSync(join(folder, path)).isFile())
    .sort();

/** Says what a backup holds, file by file, so that a restore knows whether it is whole. */
export function writeManifest(folder, createdMs) {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const files = filesIn(folder).map((path) => ({ path, ...digestOf(join(folder, path)) }));
  const manifest = { weir: version, created: new Date(createdMs).toISOString(), files };
  writeFileSync(join(folder, NAME), `${JSON.stringify(manifest, undefined, 1)}\n`);
  return manifest;
}

/** The manifest of a backup whose every file is as it was written; throws for any other. */
export function checkedManifest(folder) {
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(join(folder, NAME), "utf8"));
  } catch {
    throw new Error(`${folder} is no backup: it has no ${NAME} that can be read`);
  }
  const there = filesIn(folder);
  const listed = manifest.files.map(({ path }) => path);
  const missing = listed.filter((path) => !there.includes(path));
  const foreign = there.filter((path) => !listed.includes(path));
  if (missing.length > 0) throw new Error(`the backup lacks ${missing[0]}${more(missing)}`);
  if (foreign.length > 0)
    throw new Error(`the backup has a file that its manifest does not know: ${foreign[0]}${more(foreign)}`);
  for (const { path, bytes, sha256 } of manifest.files) {
    const found = digestOf(join(folder, path));
    if (found.bytes !== bytes || found.sha256 !== sha256)
      throw new Error(`${path} has changed since the backup was made`);
  }
  return manifest;
}

const more = (list) => (list.length > 1 ? ` and ${list.length - 1} more` : "");

function digestOf(file) {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(1 << 20);
  const descriptor = openSync(file, "r");
  let bytes = 0;
  try {
    for (;;) {
      const read = readSync(descriptor, chunk);
      if (read === 0) break;
      hash.update(chunk.subarray(0, read));
      bytes += read;
    }
  } finally {
    closeSync(descriptor);
  }
  return { bytes, sha256: hash.digest("hex") };
}
