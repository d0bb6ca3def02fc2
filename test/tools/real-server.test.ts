import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, countsOf, untilStored } from "../../bench/api.ts";
import { type Server, startServer } from "../../bench/with-server.ts";
import { createClient } from "../../clients/js/client.ts";
import { IngestSocket } from "../../clients/js/ingest-socket.ts";
import type { BatchOutcome } from "../../clients/js/options.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const stateDir = mkdtempSync(join(tmpdir(), "weir-tools-"));
let server: Server;

beforeAll(async () => {
  server = await startServer({ stateDir });
});
afterAll(async () => {
  await server?.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  text: string;
}

function run(script: string, ...args: string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const env = { ...process.env, WEIR_URL: server.url, WEIR_TOKEN: server.token };
  const child = spawn(process.execPath, [`scripts/${script}.mjs`, ...args], { cwd: ROOT, env });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
  return { child, ended: once(child, "close").then(([code]) => ({ code: code as number | null, text })) };
}

async function storedLines(service: string, lines: number): Promise<void> {
  await untilStored(server, service, lines);
  expect(await countsOf(server, service)).toMatchObject({ acknowledged: lines, stored: lines, unconfirmed: 0 });
}

describe("npm run simulate", () => {
  it.each(["http", "ws"])("sends every line of its run over %s", async (transport) => {
    const service = `simulated-${transport}`;
    const { code, text } = await run(
      "simulate",
      "--service",
      service,
      "--rate",
      "300",
      "--seconds",
      "2",
      "--transport",
      transport,
    ).ended;
    expect(text).toContain("600 sent, 600 acknowledged, 0 refused");
    expect(code).toBe(0);
    await storedLines(service, 600);
  });

  it("replays a file at its own pace", async () => {
    const file = join(stateDir, "replay.log");
    const line = (second: number) =>
      `1.2.3.4 - - [10/Nov/2026:10:00:${second} +0000] "GET /a HTTP/1.1" 200 10 "-" "curl/8" 3\n`;
    writeFileSync(file, line(10) + line(20) + line(30));
    const { code, text } = await run("simulate", "--service", "replayed", "--file", file, "--speed", "100", "--now")
      .ended;
    expect(text).toContain("3 sent, 3 acknowledged");
    expect(code).toBe(0);
    await storedLines("replayed", 3);
    const { records } = await ask<{ records: { time: string }[] }>(server, "/api/logs?service=replayed&from=-5m");
    expect(records).toHaveLength(3);
  });

  it("says what is wrong with a key, and sends nothing", async () => {
    const { code, text } = await run("simulate", "--service", "nobody", "--token", "wrong").ended;
    expect(text).toContain("The token was not accepted");
    expect(code).toBe(2);
  });

  it("says so when nobody is there", async () => {
    const { code, text } = await run("simulate", "--service", "nobody", "--url", "http://127.0.0.1:9").ended;
    expect(text).toContain("No server answers at http://127.0.0.1:9");
    expect(code).toBe(2);
  });
});

describe("npm run send", () => {
  it("sends what is piped into it, and ends with it", async () => {
    const { child, ended } = run("send", "--service", "piped");
    child.stdin!.end("one\ntwo\n\nthree without an end");
    expect(await ended).toMatchObject({ code: 0, text: expect.stringContaining("3 sent, 3 acknowledged") });
    await storedLines("piped", 3);
  });

  it("sends what it has taken when Ctrl-C comes", async () => {
    const { child, ended } = run("send", "--service", "stopped");
    child.stdin!.write("one\ntwo\n");
    await expect.poll(() => countsOf(server, "stopped"), { timeout: 10_000 }).toMatchObject({ acknowledged: 2 });
    child.stdin!.write("three\n");
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 0, text: expect.stringContaining("acknowledged, 0 refused") });
  });

  it("sends files in their order", async () => {
    const files = ["a", "b"].map((name) => join(stateDir, `${name}.log`));
    for (const file of files) writeFileSync(file, `${file}\n`);
    const { code } = await run(
      "send",
      "--service",
      "files",
      "--quiet",
      "--gzip",
      ...files.flatMap((file) => ["--file", file]),
    ).ended;
    expect(code).toBe(0);
    await storedLines("files", 2);
  });
});

describe("the client", () => {
  it("stores a batch once whose answer was lost", async () => {
    let answers = 0;
    const outcomes: BatchOutcome[] = [];
    const client = createClient({
      ...{ url: server.url, token: server.token, service: "answer-lost" },
      onBatch: (outcome) => outcomes.push(outcome),
      fetch: async (address, init) => {
        const answer = await fetch(address, init);
        if (++answers === 1) throw new TypeError("the connection broke");
        return answer;
      },
    });
    for (const line of ["a", "b", "c"]) await client.send(line);
    await client.flush();
    expect(outcomes).toMatchObject([{ attempts: 2, answer: { accepted: 3 } }]);
    await storedLines("answer-lost", 3);
  });
});

describe("the ingest socket", () => {
  it("goes on in its session after a break: nothing lost, nothing doubled", async () => {
    const open = new Set<Socket>();
    const breakable = createServer((from) => {
      const to = connect(Number(new URL(server.url).port), "127.0.0.1");
      from.pipe(to).pipe(from);
      for (const socket of [from, to]) {
        open.add(socket.on("error", () => {}));
      }
    });
    await once(breakable.listen(0, "127.0.0.1"), "listening");
    const { port } = breakable.address() as { port: number };
    const socket = new IngestSocket(`http://127.0.0.1:${port}`, "broken-socket", server.token);
    const answers: Promise<unknown>[] = [];
    for (let frame = 0; frame < 60; frame++) {
      answers.push(socket.send(`frame ${frame}\nand its second line`));
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (frame % 20 === 15) for (const one of open) one.destroy();
    }
    await Promise.all(answers);
    socket.close();
    breakable.close();
    await storedLines("broken-socket", 120);
  });
});

describe("the live socket", () => {
  it.each([
    ["a service", "service=closing&"],
    ["all services", ""],
  ])("of %s answers a close: nobody waits for it and takes it for a break", async (_whose, query) => {
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/api/live?${query}key=${server.token}`);
    await once(socket, "message");
    socket.close();
    const [{ wasClean }] = (await once(socket, "close")) as [CloseEvent];
    expect(wasClean).toBe(true);
  });
});

describe("npm run tail", () => {
  it("shows what matches as it arrives, in plain text, until it is stopped", async () => {
    const { child, ended } = run("tail", "--service", "tailed", "--q", "status:>=500");
    let text = "";
    child.stdout!.on("data", (chunk) => (text += chunk));
    const client = createClient({ ...server, service: "tailed", maxAgeMs: 10 });
    await expect
      .poll(
        async () => {
          await client.send({ method: "GET", path: "/fine", status: 200 });
          await client.send({ method: "GET", path: "/broken\u001b[2J", status: 503 });
          await client.flush();
          return text;
        },
        { timeout: 20_000, interval: 200 },
      )
      .toContain("503 GET /broken\\x1b[2J");
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
    expect(text).not.toContain("/fine");
  });

  it.each([
    ["a wrong key", ["--service", "web", "--token", "wrong"], "may not read"],
    ["a filter that is none", ["--service", "web", "--q", "status:>="], "column"],
    ["no service", [], "--service NAME"],
  ])("says in words what is wrong: %s", async (_name, args, words) => {
    const { code, text } = await run("tail", ...args).ended;
    expect(text).toContain(words);
    expect(code).toBe(2);
  });
});
