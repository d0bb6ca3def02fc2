import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "../../bench/with-server.ts";

const LINES = 300;

interface Found {
  time: string;
  level: string;
  message: string;
  path?: string;
  status?: number;
  attrs?: Record<string, unknown>;
}

/** The other side is Weir again: what it understands of each protocol is tested with those protocols' own senders. */
describe("records forwarded to another server", () => {
  const folder = mkdtempSync(join(tmpdir(), "weir-forwards-"));
  let server: Server;
  const before = process.env.FORWARD_PRIVATE;

  beforeAll(async () => {
    process.env.FORWARD_PRIVATE = "1";
    mkdirSync(join(folder, "state"));
    server = await startServer({ stateDir: join(folder, "state") });
  }, 120_000);

  afterAll(async () => {
    if (before === undefined) delete process.env.FORWARD_PRIVATE;
    else process.env.FORWARD_PRIVATE = before;
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async <Body>(path: string, body?: string, type = "application/json"): Promise<Body> => {
    const headers = {
      Authorization: `Bearer ${server.token}`,
      ...(body === undefined ? {} : { "Content-Type": type }),
    };
    const answer = await fetch(`${server.url}${path}`, { method: body === undefined ? "GET" : "POST", body, headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Body;
  };
  const forward = (service: string, kind: string, url: string) =>
    ask<{ id: string }>(
      "/api/forwards",
      JSON.stringify({ service, kind, url, headers: { Authorization: `Bearer ${server.token}` } }),
    );
  const recordsOf = async (service: string) =>
    (await ask<{ records: Found[] }>(`/api/logs?service=${service}&from=0&limit=1000&order=oldest`)).records;
  const until = async (isSo: () => Promise<boolean> | boolean) => {
    for (let attempt = 0; attempt < 300 && !(await isSo()); attempt++) await sleep(100);
  };

  it.each([
    ["http", "/ingest/by-http"],
    ["loki", "/loki/by-loki/api/v1/push"],
    ["otlp", "/otlp/by-otlp/v1/logs"],
  ])("arrive by %s, each once, with time, level, text and fields", { timeout: 60_000 }, async (kind, path) => {
    const service = `from-${kind}`;
    await forward(service, kind, `${server.url}${path}`);
    const lines = Array.from({ length: LINES }, (_, n) =>
      JSON.stringify({
        time: new Date(1_795_341_600_000 + n).toISOString(),
        level: n % 3 ? "info" : "error",
        msg: `order ${n}`,
        order: n,
      }),
    );
    await ask(`/ingest/${service}`, lines.join("\n"), "application/x-ndjson");
    await until(async () => (await recordsOf(`by-${kind}`)).length >= LINES);
    const shown = (records: Found[]) => records.map(({ time, level, message }) => `${time} ${level} ${message}`).sort();
    const arrived = await recordsOf(`by-${kind}`);
    expect(arrived).toHaveLength(LINES);
    expect(shown(arrived)).toEqual(shown(await recordsOf(service)));
    expect(Number(arrived[7]!.attrs?.order)).toBe(7);
  });

  it("arrive once the other side is back", { timeout: 90_000 }, async () => {
    const received: string[] = [];
    let answers = 0;
    const other: HttpServer = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        response.statusCode = answers++ === 0 ? 503 : 200;
        if (response.statusCode === 200) received.push(Buffer.concat(chunks).toString());
        response.end();
      });
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = other.address() as AddressInfo;
      await forward("busy", "http", `http://127.0.0.1:${port}/`);
      await ask("/ingest/busy", '{"msg":"one"}\n{"msg":"two"}', "application/x-ndjson");
      await until(() => received.length > 0);
      expect(received[0]!.trimEnd().split("\n")).toHaveLength(2);
      expect(answers).toBe(2);
      const headers = { Authorization: `Bearer ${server.token}` };
      const metrics = async () => (await fetch(`${server.url}/metrics`, { headers })).text();
      // Isolates tell what they counted a little later.
      await expect
        .poll(metrics, { timeout: 20_000, interval: 200 })
        .toContain('weir_forward_records_total{outcome="failed"} 2\n');
    } finally {
      other.close();
    }
  });
});
