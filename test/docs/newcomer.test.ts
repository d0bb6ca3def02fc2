import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
// @ts-expect-error plain JavaScript
import { adapted, commandsOf, reasonNotToRun } from "../../scripts/lib/newcomer/commands.mjs";

const ROOT = join(import.meta.dirname, "../..");

const PAGE = `# Page

\`\`\`sh
export A=1     # a remark
curl \\
  -d x https://weir.example.com/ingest/web

# a remark alone
\`\`\`

\`\`\`json
{"npm run nothing -- here":1}
\`\`\`

Say \`npm run simulate -- --seconds 60\`, not \`npm run simulate\`.
`;

describe("commandsOf", () => {
  it("finds the commands of blocks, then those in the text, with their lines", () => {
    expect(commandsOf(PAGE)).toEqual([
      { line: 4, text: "export A=1" },
      { line: 5, text: "curl \\\n  -d x https://weir.example.com/ingest/web" },
      { line: 15, text: "npm run simulate -- --seconds 60" },
    ]);
  });
});

it("runs commands with its own address and key, and to an end", () => {
  const own = { origin: "http://127.0.0.1:9", token: "t", folder: "/f" };
  expect(adapted('tail -F a.log | curl -H "Authorization: Bearer KEY" https://weir.example.com/x', own)).toBe(
    'cat a.log | curl -H "Authorization: Bearer t" http://127.0.0.1:9/x',
  );
  expect(adapted('curl -H "Authorization: Bearer $KEY"', own)).toBe('curl -H "Authorization: Bearer $KEY"');
  expect(adapted("npm run simulate -- --seconds 60", own)).toBe("npm run simulate -- --seconds 2");
});

it("says why a command is not run, and runs all others", () => {
  expect(reasonNotToRun("npm run deploy")).toBe("needs an account");
  expect(reasonNotToRun("npm run deploy -- --dry-run")).toBeUndefined();
  expect(reasonNotToRun("curl http://127.0.0.1:8787/healthz")).toBeUndefined();
});

// A fresh clone has what is committed; a copy without its history cannot be cloned.
it.skipIf(!existsSync(join(ROOT, ".git")))(
  "every command of README and docs works in a fresh clone",
  { timeout: 400_000 },
  () => {
    const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "newcomer"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect(status, `${stdout}${stderr}`).toBe(0);
    expect(stdout).toMatch(/\d{2,} commands ran, 0 pages failed/);
  },
);
