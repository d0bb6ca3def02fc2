import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
// @ts-expect-error plain JavaScript
import { checkBudget, MAX_WORKER_BYTES } from "../../scripts/lib/deploy/budget.mjs";
// @ts-expect-error plain JavaScript
import { deploy } from "../../scripts/lib/deploy/deploy.mjs";
// @ts-expect-error plain JavaScript
import { baseConfig, environmentConfig, resourcesOf } from "../../scripts/lib/deploy/environment-config.mjs";

const ROOT = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "weir-deploy-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An account that remembers: what wrangler's commands would have done to it. */
class Account {
  readonly databases = new Map<string, string>();
  readonly queues = new Set<string>();
  readonly buckets = new Set<string>();
  readonly secrets = new Map<string, string>();
  readonly commands: string[] = [];
  isSignedIn = true;

  readonly wrangler = (args: string[]): { ok: boolean; output: string } => {
    const [a, b, c] = args;
    this.commands.push(args.join(" "));
    if (a === "whoami")
      return { ok: true, output: this.isSignedIn ? "You are logged in" : "You are not authenticated." };
    if (a === "d1" && b === "list")
      return this.#ok(`▲ a warning\n${JSON.stringify([...this.databases].map(([name, uuid]) => ({ name, uuid })))}`);
    if (a === "d1" && b === "create") this.databases.set(c!, `id-of-${c}`);
    if (a === "queues") return this.#make(this.queues, c!, `Queue name '${c}' is already taken. [code: 11009]`);
    if (a === "r2")
      return this.#make(this.buckets, args[3]!, "The bucket you tried to create already exists [code: 10004]");
    if (a === "secret")
      return this.#ok(
        JSON.stringify(
          [...this.secrets.keys()].map((name) => ({ name, type: "secret_text" })),
          null,
          2,
        ),
      );
    if (a === "deploy") {
      const file = args[args.indexOf("--secrets-file") + 1];
      if (args.includes("--secrets-file")) {
        expect(statSync(file!).mode & 0o077).toBe(0);
        for (const [name, value] of Object.entries(JSON.parse(readFileSync(file!, "utf8"))))
          this.secrets.set(name, value as string);
      }
      return this.#ok("Deployed weir triggers\n  https://weir.someone.workers.dev\n");
    }
    return this.#ok("");
  };

  #make(set: Set<string>, name: string, taken: string) {
    if (set.has(name)) return { ok: false, output: taken };
    set.add(name);
    return this.#ok("created");
  }

  #ok(output: string) {
    return { ok: true, output };
  }
}

const deployed = (account: Account, environment = "production") =>
  deploy({ environment, wrangler: account.wrangler, say: () => {}, folder }) as { url: string; token?: string };
const written = (environment: string) => readFileSync(join(folder, `wrangler.${environment}.local.toml`), "utf8");

describe("deploy", () => {
  it("creates what wrangler.toml binds, then migrates, then deploys", () => {
    const account = new Account();
    const { url, token } = deployed(account);
    expect(url).toBe("https://weir.someone.workers.dev");
    expect(account.secrets.get("ADMIN_TOKEN")).toBe(token);
    const { databases, queues, buckets } = resourcesOf(baseConfig());
    expect([...account.databases.keys()]).toEqual(databases.map(({ name }: { name: string }) => name));
    expect([...account.queues]).toEqual(queues);
    expect([...account.buckets]).toEqual(buckets);
    expect(written("production")).toContain('database_id = "id-of-weir-control"');
    const at = (start: string) => account.commands.findIndex((command) => command.startsWith(start));
    expect(at("d1 migrations apply DB --remote")).toBeGreaterThan(at("d1 create weir"));
    expect(at("deploy")).toBeGreaterThan(at("d1 migrations apply CONTROL --remote"));
  });

  it("changes nothing the second time, and keeps the token", () => {
    const account = new Account();
    deployed(account);
    const token = account.secrets.get("ADMIN_TOKEN");
    const config = written("production");
    account.commands.length = 0;
    expect(deployed(account).token).toBeUndefined();
    expect(account.commands.filter((command) => command.startsWith("d1 create"))).toEqual([]);
    expect(account.secrets.get("ADMIN_TOKEN")).toBe(token);
    expect(written("production")).toBe(config);
  });

  it("gives another environment resources of its own", () => {
    const account = new Account();
    deployed(account);
    deployed(account, "staging");
    expect([...account.databases.keys()]).toEqual(["weir", "weir-control", "weir-staging", "weir-staging-control"]);
    expect([...account.queues]).toContain("weir-staging-records-dead");
    const names = (environment: string) => Object.values(resourcesOf(written(environment))).flat();
    expect(names("staging").filter((name) => names("production").includes(name) && typeof name === "string")).toEqual([
      "DB",
      "CONTROL",
    ]);
  });

  it("takes up where it was broken off", () => {
    const account = new Account();
    let left = 3;
    const failing = (args: string[]) =>
      args.includes("create") && left-- === 0
        ? { ok: false, output: "A request to the API failed [code: 10000]" }
        : account.wrangler(args);
    expect(() => deploy({ environment: "production", wrangler: failing, say: () => {}, folder })).toThrow(
      "code: 10000",
    );
    expect(deployed(account).url).toBeDefined();
  });

  it("asks to sign in first", () => {
    const account = new Account();
    account.isSignedIn = false;
    expect(() => deployed(account)).toThrow("wrangler login");
    expect(account.commands).toEqual(["whoami"]);
  });
});

describe("environmentConfig", () => {
  it("leaves production's text alone but for the ids", () => {
    expect(environmentConfig(baseConfig(), "production", () => undefined)).toBe(baseConfig());
  });

  it("uses an id that wrangler.toml has", () => {
    const text = environmentConfig(
      baseConfig(),
      "production",
      (name: string) => `11111111-0000-0000-0000-00000000000${name.length}`,
    );
    expect(resourcesOf(text).databases.every(({ id }: { id?: string }) => id?.startsWith("1111"))).toBe(true);
  });
});

describe("checkBudget", () => {
  it("takes a Worker at its budget, and refuses one a byte larger", () => {
    const file = join(folder, "index.js");
    writeFileSync(file, "");
    truncateSync(file, MAX_WORKER_BYTES);
    expect(checkBudget(folder).bytes).toBe(MAX_WORKER_BYTES);
    truncateSync(file, MAX_WORKER_BYTES + 1);
    expect(() => checkBudget(folder)).toThrow("its budget is");
  });
});

it("npm run deploy -- --dry-run needs no network and leaves nothing behind", { timeout: 240_000 }, () => {
  const tracked = () =>
    execFileSync("git", ["status", "--porcelain", "--", "wrangler.toml"], { cwd: ROOT, encoding: "utf8" });
  const before = tracked();
  const run = spawnSync("npm", ["run", "--silent", "deploy", "--", "--env", "staging", "--dry-run"], {
    cwd: ROOT,
    encoding: "utf8",
    // A proxy that refuses everything: whatever asks the network fails.
    env: {
      ...process.env,
      HTTPS_PROXY: "http://127.0.0.1:9",
      HTTP_PROXY: "http://127.0.0.1:9",
      CLOUDFLARE_API_TOKEN: "",
    },
  });
  expect(run.status, run.stdout + run.stderr).toBe(0);
  expect(run.stdout).toContain("wrangler d1 create weir-staging-control");
  expect(run.stdout).toContain("queue weir-staging-records-dead");
  expect(run.stdout).toMatch(/The Worker: \d+ bytes, \d+ gzipped/);
  expect(tracked()).toBe(before);
  expect(readdirSync(ROOT).filter((name) => name.includes("dry-run"))).toEqual([]);
  expect(existsSync(join(ROOT, "dist/dry-run-staging/index.js"))).toBe(true);
});
