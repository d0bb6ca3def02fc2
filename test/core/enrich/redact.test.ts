import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EnrichContext, enrich } from "../../../core/enrich/pipeline.ts";
import { redactCards } from "../../../core/enrich/redact/redact-cards.ts";
import { redactEmails } from "../../../core/enrich/redact/redact-emails.ts";
import { redactSecretsInText } from "../../../core/enrich/redact/redact-secrets-in-text.ts";
import { truncatedIp } from "../../../core/enrich/redact/truncated-ip.ts";
import { LogRecord } from "../../../core/record.ts";
import { DEFAULT_SETTINGS, type ServiceSettings } from "../../../core/settings.ts";

const contextOf = (redact: Partial<ServiceSettings["redact"]> = {}): EnrichContext => ({
  nowMs: 0,
  settings: { ...DEFAULT_SETTINGS, redact: { ...DEFAULT_SETTINGS.redact, ...redact } },
});

function enriched(fields: Partial<LogRecord>, redact?: Partial<ServiceSettings["redact"]>): LogRecord {
  const record = Object.assign(new LogRecord(), fields);
  enrich(record, contextOf(redact));
  return record;
}

describe("redactSecretsInText redacts", () => {
  it.each([
    ["/login?user=ann&password=hunter2&x=1", "/login?user=ann&password=[redacted]&x=1"],
    ["/a?access_token=abc.def#part", "/a?access_token=[redacted]#part"],
    ["/a?api-key=1&apiKey=2&API_KEY=3", "/a?api-key=[redacted]&apiKey=[redacted]&API_KEY=[redacted]"],
    ["/a?key=AIza123", "/a?key=[redacted]"],
    ["Authorization: Bearer abc.def.ghi", "Authorization: Bearer [redacted]"],
    ["authorization=Basic dXNlcjpwYXNz next=1", "authorization=Basic [redacted] next=1"],
    ['{"password":"a\\"b","user":"ann"}', '{"password":"[redacted]","user":"ann"}'],
    ['{"pin":1234,"a":1}', '{"pin":"[redacted]","a":1}'],
    ['{"log":"{\\"token\\":\\"abc\\",\\"a\\":1}"}', '{"log":"{\\"token\\":\\"[redacted]\\",\\"a\\":1}"}'],
    ['{"Authorization":["Bearer abc"]}', '{"Authorization":["Bearer [redacted]"]}'],
    ["connect postgres://app:s3cret@db:5432/x", "connect postgres://app:[redacted]@db:5432/x"],
    ["Cookie: a=b; sid=c", "Cookie: [redacted]"],
    ["password: hunter", "password: [redacted]"],
    ["secret='two words' then", "secret='[redacted]' then"],
    ["X-Amz-Signature=deadbeef", "X-Amz-Signature=[redacted]"],
  ])("%s", (text, redacted) => {
    expect(redactSecretsInText(text)).toBe(redacted);
    expect(redactSecretsInText(redacted)).toBe(redacted);
  });
});

describe("redactSecretsInText leaves alone", () => {
  it.each([
    "GET /items/1?page=2&sort=name HTTP/1.1",
    "max_tokens=100 token_count: 12",
    '{"token":5,"tokens":["a"]}',
    "invalid token: expired",
    "time: 12:30:45 key: value key=value",
    "password=null secret: none",
    "https://example.com:443/a",
    "https://example.com/@ann",
    '{"key":"value"}',
  ])("%s", (text) => {
    expect(redactSecretsInText(text)).toBe(text);
  });

  it("any text without a sign", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[=:]/.test(text)),
        (text) => redactSecretsInText(text) === text,
      ),
    );
  });
});

describe("redaction of a record", () => {
  it("is the same in message, path, attributes and raw text, and is flagged once", () => {
    const record = enriched({
      message: "GET /a?token=abc123 HTTP/1.1",
      path: "/a?token=abc123",
      attrs: { headers: { Cookie: "x=1" }, nested: [{ client_secret: "s3" }], kept: "abc" },
      raw: '{"message":"GET /a?token=abc123 HTTP/1.1","headers":{"Cookie":"x=1"},"nested":[{"client_secret":"s3"}]}',
    });
    expect(record).toMatchObject({
      message: "GET /a?token=[redacted] HTTP/1.1",
      path: "/a?token=[redacted]",
      attrs: { headers: { Cookie: "[redacted]" }, nested: [{ client_secret: "[redacted]" }], kept: "abc" },
      raw: '{"message":"GET /a?token=[redacted] HTTP/1.1","headers":{"Cookie":"[redacted]"},"nested":[{"client_secret":"[redacted]"}]}',
      flags: ["redacted"],
    });
  });

  it("does not touch the sender's own objects", () => {
    const headers = { cookie: "a" };
    enriched({ attrs: { headers } });
    expect(headers).toEqual({ cookie: "a" });
  });

  it("can be turned off", () => {
    expect(enriched({ path: "/?token=abc" }, { secrets: false })).toMatchObject({
      path: "/?token=abc",
      flags: undefined,
    });
  });

  it("cuts addresses after the country is known", () => {
    const record = Object.assign(new LogRecord(), { ip: "203.0.113.9", message: "from 203.0.113.9" });
    enrich(record, { ...contextOf({ ips: true }), countryOf: (ip) => (ip === "203.0.113.9" ? "CH" : undefined) });
    expect(record).toMatchObject({ ip: "203.0.113.0", message: "from 203.0.113.0", country: "CH" });
  });

  it("redacts cards and addresses of e-mail by choice", () => {
    const message = "ann@example.com paid with 4111 1111 1111 1111";
    expect(enriched({ message }).message).toBe(message);
    expect(enriched({ message, user: "ann@example.com" }, { cards: true, emails: true })).toMatchObject({
      message: "[email] paid with [card]",
      user: "[email]",
    });
  });
});

describe("redactCards", () => {
  it.each([
    ["4111111111111111", "[card]"],
    ["5500-0000-0000-0004 ok", "[card] ok"],
    ["378282246310005", "[card]"],
    ["4111111111111112", "4111111111111112"],
    ["1700000000000000000", "1700000000000000000"],
    ["id 12345", "id 12345"],
  ])("%s → %s", (text, redacted) => {
    expect(redactCards(text)).toBe(redacted);
  });
});

describe("redactEmails", () => {
  it.each([
    ["a.b+c@mail.example.com.", "[email]."],
    ["<x@y.ch>, <z@y.ch>", "<[email]>, <[email]>"],
    ["user@host", "user@host"],
    ["@decorator", "@decorator"],
  ])("%s → %s", (text, redacted) => {
    expect(redactEmails(text)).toBe(redacted);
  });
});

it.each([
  ["203.0.113.9", "203.0.113.0"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::"],
  ["2001:db8::9", "2001:db8:0::"],
  ["::ffff:203.0.113.9", "203.0.113.0"],
  ["web-1", "web-1"],
])("truncatedIp %s → %s", (ip, short) => {
  expect(truncatedIp(ip)).toBe(short);
});

it("finds in attributes what it finds in each of them", () => {
  const name = fc.constantFrom("a", "b", "token", "note", "list");
  const text = fc.constantFrom("plain", "password=x", "https://u:p@h/", "a=b", "", "pin=1");
  const value = fc.oneof(text, fc.integer(), fc.array(text), fc.dictionary(name, text));
  fc.assert(
    fc.property(fc.dictionary(name, value), (attrs) => {
      const alone = Object.entries(attrs).map(([key, each]) => enriched({ attrs: { [key]: each } }).attrs![key]);
      expect(Object.values(enriched({ attrs }).attrs!)).toEqual(alone);
    }),
    { numRuns: 500 },
  );
});
