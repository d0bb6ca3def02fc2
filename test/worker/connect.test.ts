import { describe, expect, it } from "vitest";
import { ask, json } from "./ask.ts";

describe("GET /api/connect", () => {
  it("lists the senders", async () => {
    const { senders } = await json<{ senders: object[] }>(ask("/api/connect"));
    expect(senders).toContainEqual({ name: "rsyslog", title: "rsyslog (omelasticsearch)", isProven: true });
  });

  it("gives a configuration as text, pointed at this very server", async () => {
    const answer = await ask("/api/connect?sender=syslog-ng&service=shop");
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
    const text = await answer.text();
    expect(text).toContain('url("http://weir.test/ingest/shop")');
    expect(text).toContain("Authorization: Bearer YOUR_KEY");
  });

  it("gives it as JSON where that is asked for", async () => {
    const connection = await json(ask("/api/connect?sender=curl", { headers: { Accept: "application/json" } }));
    expect(connection).toMatchObject({ sender: "curl", files: [], run: expect.stringContaining("/ingest/web") });
  });

  it.each([
    ["sender=pigeon", 404, "not_found"],
    ["sender=curl&service=a%20b", 400, "invalid_service"],
  ])("refuses %s", async (query, status, code) => {
    const answer = await ask(`/api/connect?${query}`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code } });
  });

  it("needs a key", async () => {
    expect((await ask("/api/connect", { headers: { "X-No-Key": "1" } })).status).toBe(401);
  });
});
