import { describe, expect, it } from "vitest";
import { type EnrichContext, enrich } from "../../../core/enrich/pipeline.ts";
import { LogRecord } from "../../../core/record.ts";
import { DEFAULT_SETTINGS, type ServiceSettings } from "../../../core/settings.ts";

const NOW_MS = Date.UTC(2026, 10, 22);
const HOUR_MS = 3_600_000;

const contextOf = (settings: Partial<ServiceSettings> = {}, rest: Partial<EnrichContext> = {}): EnrichContext => ({
  nowMs: NOW_MS,
  settings: { ...DEFAULT_SETTINGS, ...settings },
  countryOf: (ip) => (ip === "203.0.113.9" ? "CH" : undefined),
  ...rest,
});

function enriched(fields: Partial<LogRecord>, context = contextOf()): LogRecord {
  const record = Object.assign(new LogRecord(), { tsMs: NOW_MS }, fields);
  expect(enrich(record, context)).toBeUndefined();
  return record;
}

describe("enrich badges times", () => {
  it.each([
    [24 * HOUR_MS, undefined],
    [24 * HOUR_MS + 1, ["late"]],
    [-600_000, undefined],
    [-600_001, ["early"]],
  ])("%i ms before the receipt: %j", (agoMs, flags) => {
    expect(enriched({ tsMs: NOW_MS - agoMs })).toMatchObject({ tsMs: NOW_MS - agoMs, flags });
  });
});

describe("enrich fills", () => {
  it("the level from the status, and only where there is none", () => {
    expect(enriched({ status: 503 }).level).toBe("error");
    expect(enriched({ status: 503, level: "info" }).level).toBe("info");
    expect(enriched({}).level).toBeUndefined();
  });

  it("browser, system and device", () => {
    const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    expect(enriched({ userAgent })).toMatchObject({
      browser: "Firefox",
      os: "Linux",
      device: "desktop",
      bot: undefined,
    });
  });

  it("the country of public addresses", () => {
    expect(enriched({ ip: "203.0.113.9" }).country).toBe("CH");
    expect(enriched({ ip: "203.0.113.9", country: "DE" }).country).toBe("DE");
  });

  it("the request's country where a record has no address", () => {
    expect(enriched({}, contextOf({}, { requestCountry: "FR" })).country).toBe("FR");
  });

  it("trace and span from a traceparent", () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    expect(enriched({ attrs: { traceparent } })).toMatchObject({
      traceId: "0af7651916cd43dd8448eb211c80319c",
      spanId: "b7ad6b7169203331",
    });
    expect(enriched({ attrs: { traceparent: "nonsense" } }).traceId).toBeUndefined();
  });
});

describe("drop rules", () => {
  const dropping = (drop: ServiceSettings["drop"], fields: Partial<LogRecord>) =>
    enrich(Object.assign(new LogRecord(), { tsMs: NOW_MS }, fields), contextOf({ drop }));

  it.each<[ServiceSettings["drop"], Partial<LogRecord>, string | undefined]>([
    [[{ path: "/healthz" }], { path: "/healthz" }, "drop_rule"],
    [[{ path: "/healthz" }], { path: "/healthz2" }, undefined],
    [[{ path: "/assets/*" }], { path: "/assets/a.js" }, "drop_rule"],
    [[{ path: "*.png" }], { path: "/a/b.png" }, "drop_rule"],
    [[{ path: "/a*b*c" }], { path: "/a-c-b" }, undefined],
    [[{ status: "2*", path: "/x" }], { status: 204, path: "/x" }, "drop_rule"],
    [[{ status: "2*", path: "/x" }], { status: 404, path: "/x" }, undefined],
    [[{ level: "debug" }, { bot: "*" }], { level: "debug" }, "drop_rule"],
    [[{ bot: "*" }], { userAgent: "curl/8.1.0" }, "drop_rule"],
    [
      [{ bot: "*" }],
      { userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0" },
      undefined,
    ],
  ])("%j on %j: %s", (drop, fields, reason) => {
    expect(dropping(drop, fields)).toBe(reason);
  });
});

describe("sampling", () => {
  const sample = { keep: 0.25, alwaysFrom: "warn" } as const;
  const records = Array.from({ length: 4_000 }, (_, i) =>
    Object.assign(new LogRecord(), { tsMs: NOW_MS + i, message: `line ${i}` }),
  );

  it("keeps about its share, the same ones each time", () => {
    const kept = () =>
      records.map((record) => enrich(Object.assign(new LogRecord(), record), contextOf({ sample })) === undefined);
    const first = kept();
    expect(kept()).toEqual(first);
    const share = first.filter(Boolean).length / records.length;
    expect(share).toBeGreaterThan(0.22);
    expect(share).toBeLessThan(0.28);
  });

  it("keeps or drops a trace as a whole", () => {
    const reasons = records
      .slice(0, 50)
      .map((record) => enrich(Object.assign(new LogRecord(), record, { traceId: "abc" }), contextOf({ sample })));
    expect(new Set(reasons).size).toBe(1);
  });

  it("keeps every record from its level on, without a badge", () => {
    for (const record of records.slice(0, 100)) {
      const error = Object.assign(new LogRecord(), record, { level: "error" });
      expect(enrich(error, contextOf({ sample }))).toBeUndefined();
      expect(error.flags).toBeUndefined();
    }
  });
});
