import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../../bench/free-port.ts";
import { type Server, startServer } from "../../bench/with-server.ts";

/** Asks again while nobody listens, and only then. */
async function asSoonAsItOpens(port: number): Promise<Response> {
  for (;;) {
    try {
      const headers = { Authorization: "Bearer bench-admin-token" };
      return await fetch(`http://127.0.0.1:${port}/ingest/early`, { method: "POST", headers, body: "an early line\n" });
    } catch {
      await sleep(5);
    }
  }
}

describe("the door of npm start", () => {
  const folder = mkdtempSync(join(tmpdir(), "weir-door-"));
  let server: Server;
  let early: Response;

  beforeAll(async () => {
    mkdirSync(join(folder, "state"));
    const port = await freePort();
    [server, early] = await Promise.all([
      startServer({ stateDir: join(folder, "state"), port }),
      asSoonAsItOpens(port),
    ]);
  }, 120_000);

  it("lets the first request in when the databases are there, not before", async () => {
    expect([early.status, await early.json()]).toEqual([200, expect.objectContaining({ accepted: 1 })]);
    expect(readFileSync(server.log, "utf8")).not.toContain('"level":"error"');
  });

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As sent: fetch would ask for compression and undo it by itself. */
  const ask = (path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const all = { Authorization: `Bearer ${server.token}`, ...headers };
      get(`${server.url}${path}`, { headers: all }, (response) => {
        response.destroy();
        resolve(response);
      }).on("error", reject);
    });

  it("believes no sender about its address", async () => {
    const headers = {
      Authorization: `Bearer ${server.token}`,
      "Content-Type": "application/json",
      "CF-Connecting-IP": "203.0.113.9",
    };
    const changed = await fetch(`${server.url}/api/services/door`, { method: "PUT", headers, body: '{"hotDays":3}' });
    expect(changed.status).toBe(200);
    const audit = await fetch(`${server.url}/api/audit?limit=1`, { headers });
    const { entries } = (await audit.json()) as { entries: { ip: string }[] };
    expect(entries.map(({ ip }) => ip)).toEqual(["127.0.0.1"]);
  });

  it("compresses pages and answers for those who take it", async () => {
    for (const path of ["/", "/docs"]) {
      const small = await ask(path, { "Accept-Encoding": "br, gzip" });
      expect([path, small.statusCode, small.headers["content-encoding"]]).toEqual([path, 200, "gzip"]);
      expect(small.headers.vary).toContain("Accept-Encoding");
      expect((await ask(path)).headers["content-encoding"]).toBeUndefined();
    }
  });

  it("lets events through as they come", async () => {
    const events = await ask("/api/live/sse?service=door", { Accept: "text/event-stream", "Accept-Encoding": "gzip" });
    expect(events.headers["content-type"]).toContain("text/event-stream");
    expect(events.headers["content-encoding"]).toBeUndefined();
  });

  it("knows https by its proxy", async () => {
    expect((await ask("/healthz")).headers["strict-transport-security"]).toBeUndefined();
    const proxied = await ask("/healthz", { "X-Forwarded-Proto": "https" });
    expect(proxied.headers["strict-transport-security"]).toBeDefined();
  });

  it.each(["/cdn-cgi/handler/scheduled", "/cdn-cgi/mf/scheduled", "/cdn-cgi/explorer", "/cdn-cgi/platform-proxy"])(
    "has no other way in: %s",
    async (path) => {
      const response = await fetch(`${server.url}${path}`, { headers: { "MF-Op": "GET" } });
      expect(response.status).toBe(404);
      expect(((await response.json()) as { error: { code: string } }).error.code).toBe("not_found");
    },
  );
});
