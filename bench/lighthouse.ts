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

type Scores = [category: string, score: number][];

/** The median scores of some pages, as a desktop sees them, signed in. Empty where Lighthouse cannot be had. */
export async function lighthouse(server: Server, paths: readonly string[]): Promise<[path: string, scores: Scores][]> {
  const cookie = await sessionCookie(server);
  const folder = mkdtempSync(join(tmpdir(), "weir-lighthouse-"));
  try {
    return paths.flatMap((path) => {
      const runs = Array.from({ length: RUNS }, () =>
        scoresOf(`${server.url}${path}`, cookie, join(folder, "report.json")),
      );
      // A browser that did not start to record is no fault of the page.
      const judged = runs.filter((run) => run !== undefined);
      if (judged.length === 0) return [];
      const median = (category: string) =>
        judged.map((run) => run.get(category)!).sort((a, b) => a - b)[judged.length >> 1]!;
      return [[path, CATEGORIES.map((category) => [category, median(category)])] as [string, Scores]];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scoresOf(url: string, cookie: string, report: string): Map<string, number> | undefined {
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
  if (run.status !== 0) {
    console.error(`Lighthouse did not run: ${(run.stderr ?? "").slice(-600)}`);
    return undefined;
  }
  const { categories } = JSON.parse(readFileSync(report, "utf8")) as {
    categories: Record<string, { score: number }>;
  };
  return new Map(CATEGORIES.map((name) => [name, Math.round(categories[name]!.score * 100)]));
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
