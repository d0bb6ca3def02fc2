import { execFile, execFileSync } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "../../bench/with-server.ts";
import { CannotInstall } from "../senders/install/cache.ts";
import { findIn, libraryEnv, unpackDebian } from "../senders/install/debian.ts";

const ROOT = join(import.meta.dirname, "../..");
const PAGES = join(ROOT, "docs/clients");
const run = promisify(execFile);

interface Client {
  name: string;
  /** Name of the code block on the page, and of the file that it becomes. */
  block: string;
  file: string;
  /** Finds what runs it, or throws {@link CannotInstall}; the command lines that do. */
  commands(): { commands: [program: string, ...args: string[]][]; env?: NodeJS.ProcessEnv };
}

function installed(program: string, ...args: string[]): void {
  try {
    execFileSync(program, args, { stdio: "ignore" });
  } catch {
    throw new CannotInstall(`there is no ${program}`);
  }
}

const CLIENTS: Client[] = [
  {
    name: "python",
    block: "python",
    file: "shop.py",
    commands() {
      installed("python3", "--version");
      return { commands: [["python3", "shop.py"]] };
    },
  },
  {
    name: "rust",
    block: "rust",
    file: "shop.rs",
    commands() {
      installed("rustc", "--version");
      return { commands: [["rustc", "--edition", "2021", "-O", "shop.rs"], ["./shop"]] };
    },
  },
  {
    name: "php",
    block: "php",
    file: "shop.php",
    commands() {
      const root = unpackDebian("php", ["php8.2-cli"]);
      return { commands: [[findIn(root, "bin/php8.2"), "-n", "shop.php"]], env: libraryEnv(root) };
    },
  },
  {
    name: "go",
    block: "go",
    file: "shop.go",
    commands() {
      const root = unpackDebian("go", ["golang-1.19-go", "golang-1.19-src"]);
      const program = findIn(root, "lib/go-1.19/bin/go");
      // Debian has the library's sources beside the compiler, and links from one to the other that lead to /usr.
      const goroot = join(root, "goroot");
      for (const part of ["usr/share/go-1.19", "usr/lib/go-1.19"])
        cpSync(join(root, part), goroot, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
      return {
        commands: [[program, "run", "shop.go"]],
        env: {
          ...process.env,
          GOROOT: goroot,
          GOPATH: join(root, "gopath"),
          GOCACHE: join(root, "cache"),
          GOFLAGS: "-mod=mod",
          GO111MODULE: "off",
          CGO_ENABLED: "0",
        },
      };
    },
  },
];

const available = CLIENTS.flatMap((client) => {
  try {
    return [{ ...client, ...client.commands() }];
  } catch (error) {
    if (!(error instanceof CannotInstall)) throw error;
    console.warn(`skipped: ${client.name}: ${error.message}`);
    return [];
  }
});

const blockOf = (page: string, language: string): string[] => {
  const text = readFileSync(join(PAGES, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, code]) => code!);
};

describe("the client of docs/clients", () => {
  const folder = mkdtempSync(join(tmpdir(), "weir-clients-"));
  let server: Server;

  beforeAll(async () => {
    mkdirSync(join(folder, "state"));
    server = await startServer({ stateDir: join(folder, "state") });
  }, 120_000);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async <Body>(path: string): Promise<Body> =>
    (await fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${server.token}` } })).json() as Body;
  const env = (own?: NodeJS.ProcessEnv) => ({
    ...(own ?? process.env),
    WEIR_URL: server.url,
    WEIR_TOKEN: server.token,
  });

  it.each(available)(
    "$name sends all its lines before it ends",
    { timeout: 180_000 },
    async ({ name, block, file, commands, env: own }) => {
      const place = join(folder, name);
      mkdirSync(place);
      writeFileSync(join(place, file), blockOf(`${name}.md`, block)[0]!);
      for (const [program, ...args] of commands) {
        const { stdout, stderr } = await run(program, args, { cwd: place, env: env(own), timeout: 150_000 });
        expect(`${stdout}${stderr}`).not.toContain("lost");
      }
      const { acknowledged } = await ask<{ acknowledged: number }>(`/api/pipeline/verify?service=${name}`);
      expect(acknowledged).toBe(1_001);
      const { records } = await ask<{ records: object[] }>(`/api/logs?service=${name}&from=0&q=level:error`);
      expect(records).toEqual([expect.objectContaining({ message: expect.stringContaining("payment failed") })]);
      const found = await ask<{ records: { attrs: object }[] }>(`/api/logs?service=${name}&from=0&q=attrs.order:999`);
      expect(found.records[0]!.attrs).toMatchObject({ order: 999, amount: 9.9 });
    },
  );

  it("curl sends, and shows what it would send", { timeout: 60_000 }, async () => {
    const log = readFileSync(join(ROOT, "test/fixtures/access.log"));
    writeFileSync(join(folder, "access.log"), log);
    const script = blockOf("curl.md", "sh").join("\n");
    const twice = `set -e -o pipefail\n${script}\n${script}`;
    const { stdout } = await run("bash", ["-c", twice], { cwd: folder, env: env() });
    expect(stdout).toContain('"recognised"');
    const { acknowledged } = await ask<{ acknowledged: number }>("/api/pipeline/verify?service=web");
    // The file counts once, however often it is sent.
    expect(acknowledged).toBe(log.toString().trimEnd().split("\n").length);
    expect(await ask("/api/pipeline/verify?service=shop")).toMatchObject({ acknowledged: 2 });
  });
});
