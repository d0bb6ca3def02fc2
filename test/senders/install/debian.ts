import { execFileSync, type StdioOptions } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CannotInstall, cacheFolder } from "./cache.ts";

/**
 * Unpacks Debian packages, with those that they need and the system has not, into a folder of their own: nothing is installed,
 * so that no root is needed, no daemon starts, and rsyslog and syslog-ng may stand side by side.
 *
 * @returns the folder; throws {@link CannotInstall} where there is no apt or no mirror
 */
export function unpackDebian(name: string, packages: string[]): string {
  const root = cacheFolder("debian", name);
  const done = join(root, ".unpacked");
  if (existsSync(done)) return root;
  if (!existsSync("/usr/bin/apt-get")) throw new CannotInstall(`${packages[0]} is taken from Debian, and this is none`);
  const downloads = cacheFolder("debian", `${name}-packages`);
  try {
    apt(downloads, "download", ...missing(packages));
  } catch {
    try {
      // Lists that are old, or none: only root may get new ones.
      apt(downloads, "update", "-q");
      apt(downloads, "download", ...missing(packages));
    } catch (error) {
      throw new CannotInstall(`${packages[0]} cannot be got from Debian: ${String(error).split("\n")[0]}`);
    }
  }
  for (const file of readdirSync(downloads)) execFileSync("dpkg-deb", ["-x", join(downloads, file), root]);
  writeFileSync(done, packages.join("\n"));
  return root;
}

const quiet: { encoding: "utf8"; stdio: StdioOptions } = { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] };

const apt = (cwd: string, ...args: string[]): string =>
  execFileSync("apt-get", args, { ...quiet, cwd, timeout: 120_000 });

const ONLY_NEEDED = [
  "--no-conflicts",
  "--no-breaks",
  "--no-replaces",
  "--no-enhances",
  "--no-suggests",
  "--no-recommends",
];

/** The packages and their dependencies that dpkg does not know as installed. */
function missing(packages: string[]): string[] {
  const all = execFileSync("apt-cache", ["depends", "--recurse", "-i", ...ONLY_NEEDED, ...packages], quiet);
  const names = all.split("\n").filter((line) => /^[a-z0-9]/.test(line));
  return names.filter((name) => packages.includes(name) || !isInstalled(name)).filter((name) => !UNWANTED.test(name));
}

/** What belongs to a whole system, and alternatives of what is there. */
const UNWANTED = /^(?:cdebconf|install-info|libdebian-installer|libnewt|libtextwrap|lsb-base|libelogind)/;

function isInstalled(name: string): boolean {
  try {
    return /^Status: install ok installed$/m.test(execFileSync("dpkg", ["-s", name], quiet));
  } catch {
    return false;
  }
}

/** The environment in which a program of an unpacked folder finds its libraries. */
export const libraryEnv = (root: string): NodeJS.ProcessEnv => ({
  ...process.env,
  LD_LIBRARY_PATH: [
    "usr/lib/x86_64-linux-gnu",
    "usr/lib/aarch64-linux-gnu",
    "lib/x86_64-linux-gnu",
    "lib/systemd",
    "usr/lib/syslog-ng",
  ]
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .join(":"),
});

/** The path of a program or module below a root; libraries lie in a folder named after the machine's kind. */
export function findIn(root: string, file: string): string {
  const found = readdirSync(root, { recursive: true, encoding: "utf8" }).find((path) => path.endsWith(`/${file}`));
  if (found === undefined) throw new CannotInstall(`${file} is not in ${root}`);
  return join(root, found);
}
