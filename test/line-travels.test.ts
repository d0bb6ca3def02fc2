import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer, type TestServer } from "./e2e/server.ts";

// The README's own commands, run as a newcomer would: only address, token and the name of the log are put in.
const README = readFileSync("README.md", "utf8");
const run = promisify(execFile);
/** The shell block under a heading. */
function blockUnder(heading: string): string {
  const section = README.split(`## ${heading}`)[1] ?? "";
  return /```sh\n(.*?)```/s.exec(section)?.[1] ?? "";
}

async function shell(server: TestServer, commands: string): Promise<string> {
  const script = commands
    .replaceAll("http://127.0.0.1:8787", server.origin)
    .replace(/^export WEIR_TOKEN=.*$/m, `export WEIR_TOKEN=${server.token}`)
    .replaceAll("@access.log", "@test/fixtures/access.log");
  return (await run("bash", ["-ec", script])).stdout;
}

describe.each([
  ["npm start", "start"],
  ["npm run dev", "dev"],
] as const)("%s", (_command, mode) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(mode);
  });
  afterAll(() => server?.stop());

  it("sends a log as the README says", async () => {
    const answer = JSON.parse(await shell(server, blockUnder("Send it something")));
    expect(answer).toMatchObject({
      accepted: 200,
      dropped: {},
      refused: [],
      batch: "web/0/1",
      seq: { shard: 0, first: 1, last: 200 },
    });
  });

  it("answers what the README asks", async () => {
    const [define, ...questions] = blockUnder("Ask it something").trim().split("\n");
    expect(questions).toHaveLength(4);
    const token = `export WEIR_TOKEN=${server.token}`;
    const [top, stats, logs, pipeline] = await Promise.all(
      questions.map(async (question) => JSON.parse(await shell(server, `${token}\n${define}\n${question}`))),
    );
    expect(top).toMatchObject({ values: expect.arrayContaining([{ value: "/cart", count: 40 }]), errorBound: 0 });
    expect(stats.buckets.length).toBeGreaterThan(10);
    expect(logs.records.every(({ status }: { status: number }) => status >= 500)).toBe(true);
    expect(logs.records).toHaveLength(20);
    expect(pipeline).toMatchObject({ acknowledged: 200 });
  });

  it("has every line in the database within ten seconds, each once", async () => {
    const headers = { Authorization: `Bearer ${server.token}` };
    await expect
      .poll(async () => (await (await fetch(`${server.origin}/api/pipeline`, { headers })).json()).stored, {
        timeout: 10_000,
        interval: 200,
      })
      .toBe(200);
    const { records } = await (
      await fetch(`${server.origin}/api/logs?service=web&from=0&limit=1000&order=oldest`, { headers })
    ).json();
    const seqs = records.map(({ seq }: { seq: number }) => seq).sort((a: number, b: number) => a - b);
    expect(seqs).toEqual(Array.from({ length: 200 }, (_, at) => at + 1));
    expect(records.every(({ source }: { source: string }) => source === "database")).toBe(true);
  });

  it("tells a newcomer's mistakes in words", async () => {
    const wrong = await shell(
      server,
      `curl -s -H "Authorization: Bearer wrong" --data-binary @test/fixtures/access.log http://127.0.0.1:8787/ingest/web`,
    );
    expect(JSON.parse(wrong)).toMatchObject({ error: { code: "unauthorized" } });
    // Without --data-binary curl glues the lines together; the answer says so.
    const glued = await shell(
      server,
      `curl -s -H "Authorization: Bearer ${server.token}" -d @test/fixtures/access.log http://127.0.0.1:8787/ingest/glued`,
    );
    expect(JSON.parse(glued).hint).toContain("--data-binary");
  });
});
