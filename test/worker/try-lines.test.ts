import { describe, expect, it } from "vitest";
import { MAX_TRIED_CHARS } from "../../worker/routes/try-lines.ts";
import { accessLine, ask, json, post } from "./ask.ts";

interface Tried {
  records: Record<string, unknown>[];
  recognised: string;
  dropped: Record<string, number>;
  refused: { index: number; reason: string }[];
}

const JSON_TYPE = { "Content-Type": "application/json" };
const send = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  post("/api/try", JSON.stringify(body), { ...JSON_TYPE, ...headers });
const tried = (body: unknown): Promise<Tried> => json<Tried>(send(body));

describe("POST /api/try", () => {
  it("tells what a line would become, and stores nothing", async () => {
    const told = await tried({ service: "tried", lines: accessLine({ path: "/cart", status: 503 }) });
    expect(told).toMatchObject({
      records: [
        { service: "tried", path: "/cart", status: 503, level: "error", browser: "Chrome", parser: "combined" },
      ],
      recognised: "combined",
      refused: [],
    });
    const { services } = await json<{ services: { name: string }[] }>(ask("/api/services"));
    expect(services.map(({ name }) => name)).not.toContain("tried");
  });

  it("reads them under other settings than the service's own", async () => {
    const lines = accessLine({ path: "/healthz", tail: " 2500" });
    const read = (settings: unknown) => tried({ service: "tried", lines, settings });
    expect((await read({})).records).toMatchObject([{ durationMs: 2_500 }]);
    expect((await read({ durationUnit: "us" })).records).toMatchObject([{ durationMs: 2.5 }]);
    expect(await read({ drop: [{ path: "/healthz" }] })).toMatchObject({ records: [], dropped: { drop_rule: 1 } });
  });

  it("joins a stack trace as a sender's would be", async () => {
    const lines =
      'Exception in thread "main" java.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\n\tat a.D.e(D.java:2)';
    expect((await tried({ service: "tried", lines })).records).toHaveLength(1);
  });

  it("is not written into the audit", async () => {
    await tried({ service: "tried", lines: "one line" });
    const { entries } = await json<{ entries: { target: string }[] }>(ask("/api/audit?limit=5"));
    expect(entries.map(({ target }) => target)).not.toContain("/api/try");
  });

  it("is open to a key of scope read", async () => {
    const { key } = await json<{ key: string }>(
      post("/api/keys", JSON.stringify({ name: "tries", scope: "read" }), JSON_TYPE),
    );
    const answer = await send({ service: "tried", lines: "one line" }, { Authorization: `Bearer ${key}` });
    expect(answer.status).toBe(200);
  });

  it("takes as many lines and characters as it may, and no more", async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, at) => `line ${at}`).join("\n");
    expect((await tried({ service: "tried", lines: lines(200) })).records).toHaveLength(200);
    expect(await (await send({ service: "tried", lines: lines(201) })).json()).toMatchObject({
      error: { code: "too_many_lines" },
    });
    expect((await send({ service: "tried", lines: "x".repeat(MAX_TRIED_CHARS) })).status).toBe(200);
    expect((await send({ service: "tried", lines: "x".repeat(MAX_TRIED_CHARS + 1) })).status).toBe(400);
  });

  it.each([
    ["no line", { service: "tried", lines: "" }, "invalid_request"],
    ["nothing but white space", { service: "tried", lines: " \n " }, "empty_body"],
    ["a parser that there is not", { service: "tried", lines: "x", settings: { parser: "shoe" } }, "invalid_request"],
    [
      "a pattern that does not compile",
      { service: "tried", lines: "x", settings: { pattern: "%{" } },
      "invalid_request",
    ],
    ["a service that can be none", { service: "No Name", lines: "x" }, "invalid_service"],
  ])("refuses %s", async (_name, body, code) => {
    expect(await (await send(body)).json()).toMatchObject({ error: { code } });
  });
});
