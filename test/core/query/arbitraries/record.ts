import * as fc from "fast-check";
import { templateOf } from "../../../../core/enrich/template-of.ts";
import { FLAGS, LEVELS, LogRecord } from "../../../../core/record.ts";
import { KEYS, NOW_MS, number, shortText, text } from "./values.ts";

const ipText = fc.oneof(
  fc.constantFrom(
    "10.0.0.1",
    "10.0.0.200",
    "10.16.3.4",
    "172.16.0.1",
    "172.31.255.255",
    "172.32.0.0",
    "::ffff:10.0.0.1",
    "::FFFF:172.20.1.1",
  ),
  fc.constantFrom(
    "::",
    "::1",
    "2001:db8::1",
    "2001:DB8:0:0::1",
    "2001:db8:1:2:3:4:5:6",
    "2001:0db8::5",
    "fe80::1%eth0",
    "1::",
    "64:ff9b::1.2.3.4",
  ),
  fc.constantFrom(
    "10.0.0",
    "10.host.example",
    "1.2.3.4.5",
    "....",
    "...",
    ":::",
    "1:2",
    "12345::1",
    "a:b:c:d:e:f:0:1",
    "10..0.1",
    "010.0.0.1",
  ),
  fc.ipV4(),
  fc.ipV6(),
);

const key = fc.constantFrom(...KEYS, "a.b", "b.a");
const scalar = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  number.map(String),
  fc.constantFrom(" 42", "042", "4e1", "-", "1.", "Infinity"),
);
const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
})).value;

const AGENTS = [
  { userAgent: "Mozilla/5.0 (X11; Linux) Firefox/99", browser: "Firefox", os: "Linux", device: "desktop" },
  { userAgent: "curl/8_0%", bot: "curl", device: "bot" },
  { userAgent: "ab", browser: "AB" },
];
const agent = fc.oneof(
  fc.constantFrom(...AGENTS),
  fc.record(
    { browser: shortText, os: shortText, device: fc.constantFrom("bot", "desktop"), bot: shortText },
    { requiredKeys: [] },
  ),
);

const path = fc.oneof(
  text,
  fc.constantFrom("/items/7/edit", "/items/42", "/app.6d86afb6.css?v=1", "/é/42/b?x", "/😀/42", "/a/1/b/2", "42"),
);

const fields = fc.record(
  {
    level: fc.constantFrom(...LEVELS),
    message: text,
    method: fc.constantFrom("GET", "PATCH", "post"),
    path,
    pathTemplate: text,
    protocol: fc.constantFrom("HTTP/1.1", "HTTP/2", "h2"),
    status: fc.constantFrom(100, 200, 299, 404, 500, 599),
    bytes: fc.nat(),
    durationMs: number,
    ip: ipText,
    user: text,
    referrer: text,
    country: fc.constantFrom("DE", "us"),
    city: text,
    host: text,
    app: text,
    pid: fc.constantFrom("1", "42"),
    traceId: shortText,
    spanId: shortText,
    userId: shortText,
    sessionId: shortText,
    event: shortText,
    attrs: fc.dictionary(key, value, { maxKeys: 4 }),
    raw: text,
    parser: fc.constantFrom("text", "combined", "mine"),
    flags: fc.uniqueArray(fc.constantFrom(...FLAGS), { minLength: 1 }),
    subNs: fc.integer({ min: 1, max: 999_999 }),
  },
  { requiredKeys: [] },
);

export const SERVICES = ["web", "api-1", "ab"];

/** A record of any shape with the name of its service. */
export const placed = fc
  .record({
    service: fc.constantFrom(...SERVICES),
    fields,
    agent,
    tsMs: fc.integer({ min: -3, max: 3 }).map((minutes) => NOW_MS + minutes * 60_000),
    isAccess: fc.boolean(),
    isEnriched: fc.boolean(),
  })
  .map(({ service, fields, agent, tsMs, isAccess, isEnriched }) => {
    const record = Object.assign(new LogRecord(), fields, agent, { tsMs });
    if (isEnriched && record.path !== undefined) record.pathTemplate = templateOf(record.path);
    if (isAccess) record.message = `${record.method} ${record.path} ${record.protocol}`;
    return { service, record };
  });
