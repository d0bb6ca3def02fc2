import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { browserPath } from "./browser.ts";
import type { Server } from "./with-server.ts";

/** From npm when it is asked for: with all it brings it is too large to be installed with every checkout. */
const LIGHTHOUSE = "lighthouse@13.5.0";
const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;
/** One run of a busy machine says little. */
const RUNS = 3;
/** On a busy machine the browser begins now and then to record after the page did (NO_NAVSTART): such a run says nothing. */
const TRIES = RUNS + 4;
const NOT_RECORDED = /NO_NAVSTART|NO_FCP|NO_LCP|PROTOCOL_TIMEOUT|NO_TRACING_STARTED/;
/** The registry is away, or has no such version. */
const NOT_HAD = /npm (error|ERR!)/;

type Scores = [category: string, score: number][];

/**
 * The median scores of some pages, as a desktop sees them, signed in. Empty where Lighthouse cannot be had.
 *
 * Throws where it does not judge a page as often as it has to.
 */
export async function lighthouse(server: Server, paths: readonly string[]): Promise<[path: string, scores: Scores][]> {
  const cookie = await sessionCookie(server);
  const folder = mkdtempSync(join(tmpdir(), "weir-lighthouse-"));
  try {
    const judged: [string, Scores][] = [];
    for (const path of paths) {
      const runs = runsOf(`${server.url}${path}`, cookie, join(folder, "report.json"));
      if (!runs) return [];
      const median = (category: string) => runs.map((run) => run.get(category)!).sort((a, b) => a - b)[RUNS >> 1]!;
      judged.push([path, CATEGORIES.map((category) => [category, median(category)])]);
    }
    return judged;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Run = Map<string, number>;

/** As many runs as are needed; none where Lighthouse cannot be had. What it could not record is said, and tried again. */
function runsOf(url: string, cookie: string, report: string): Run[] | undefined {
  const runs: Run[] = [];
  for (let tries = 0; runs.length < RUNS; tries++) {
    const run = runOf(url, cookie, report);
    if (run instanceof Map) {
      runs.push(run);
      continue;
    }
    console.error(`Lighthouse did not judge ${url}: ${run.slice(-600)}`);
    if (NOT_HAD.test(run)) return undefined;
    if (!NOT_RECORDED.test(run) || tries + 1 >= TRIES)
      throw new Error(`Lighthouse judged ${url} ${runs.length} times of ${RUNS} in ${tries + 1} tries`);
  }
  return runs;
}

/** Category → score of 100; else why there is none. */
function runOf(url: string, cookie: string, report: string): Run | string {
  const options = [
    ...["--output=json", `--output-path=${report}`, "--quiet", "--preset=desktop"],
    ...[`--only-categories=${CATEGORIES.join(",")}`, `--extra-headers=${JSON.stringify({ Cookie: cookie })}`],
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
  ];
  const run = spawnSync("npx", ["--yes", LIGHTHOUSE, url, ...options], {
    // It needs a newer Node than machines have: the one that runs this.
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
      CHROME_PATH: browserPath() ?? "",
    },
    encoding: "utf8",
    timeout: 300_000,
  });
  if (run.status !== 0) return run.stderr || String(run.error ?? run.signal);
  const { categories } = JSON.parse(readFileSync(report, "utf8")) as {
    categories: Record<string, { score: number | null }>;
  };
  // Without an error a category can still have no score, when a part of it was not recorded.
  if (CATEGORIES.some((name) => categories[name]!.score === null)) return "a category has no score (NO_LCP)";
  return new Map(CATEGORIES.map((name) => [name, Math.round(categories[name]!.score! * 100)]));
}

async function sessionCookie({ url, token }: Server): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const cookie = response.headers.get("Set-Cookie")?.split(";")[0];
  if (!cookie) throw new Error(`the server answered ${response.status} to the token`);
  return cookie;
}
