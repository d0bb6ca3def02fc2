import { describe, expect, it } from "vitest";
import { ask, json, post } from "./ask.ts";

const put = (service: string, settings: object): Promise<Response> =>
  ask(`/api/services/${service}`, {
    method: "PUT",
    body: JSON.stringify(settings),
    headers: { "Content-Type": "application/json" },
  });

describe("PUT /api/services/:service", () => {
  it("keeps settings, with defaults filled in", async () => {
    await json(put("set", { zone: "Europe/Zurich", durationUnit: "us" }));
    expect(await json(ask("/api/services/set"))).toMatchObject({
      service: "set",
      settings: { zone: "Europe/Zurich", durationUnit: "us", hotDays: 7, redact: { secrets: true } },
    });
  });

  it("reads lines by the service's own pattern", async () => {
    await json(put("patterned", { pattern: '%h %>s "%{X-Trace}i" %D' }));
    await json(post("/ingest/patterned", '198.51.100.4 503 "abc" 2500'));
    const { records } = await json<{ records: object[] }>(ask("/api/logs?service=patterned&from=0"));
    expect(records).toMatchObject([{ ip: "198.51.100.4", status: 503, durationMs: 2.5, parser: "pattern" }]);
  });

  it("drops what a rule names, and counts it", async () => {
    await json(put("dropping", { drop: [{ path: "/healthz" }] }));
    await json(put("dropping-too", { drop: [{ path: "/healthz" }] }));
    const streams = ["dropping", "dropping-too"].map((service) => ({
      stream: { service_name: service },
      values: [[`${Date.now()}000000`, '{"path":"/healthz"}']],
    }));
    // Of all services of the request together.
    const dry = post("/loki/api/v1/push?dry=1", JSON.stringify({ streams }), { "Content-Type": "application/json" });
    expect(await json(dry)).toMatchObject({ records: [], dropped: { drop_rule: 2 } });
    const stored = await json(post("/ingest/dropping", '{"path":"/healthz"}\n{"path":"/kept"}'));
    expect(stored).toMatchObject({ accepted: 1, dropped: { drop_rule: 1 } });
  });

  it.each([
    ["a zone that is none", { zone: "Mars/Olympus" }, "zone"],
    ["a parser that is none", { parser: "runes" }, "parser"],
    ["a pattern that does not compile", { pattern: "%{" }, "pattern"],
    ["a setting that is none", { colour: "red" }, "colour"],
    ["a share above one", { sample: { keep: 2 } }, "sample.keep"],
  ])("refuses %s, and says where", async (_name, settings, path) => {
    const answer = await put("refused", settings);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "invalid_request", issues: [{ path }] } });
  });
});
