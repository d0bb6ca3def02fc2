import { gzipSync } from "node:zlib";
import fc from "fast-check";

/** A request that nobody would send who means well. */
export interface HostileRequest {
  method: string;
  /** Path and query. */
  address: string;
  headers: Record<string, string>;
  body: Uint8Array | undefined;
}

/** A route of the API's description, with what its example asks. */
export interface Target {
  method: string;
  path: string;
  parameters: Parameter[];
  body: unknown;
}

interface Parameter {
  name: string;
  in: string;
  example?: string;
}

interface ApiDescription {
  paths: Record<
    string,
    Record<
      string,
      { parameters?: Parameter[]; requestBody?: { content: Record<string, { example?: unknown }> }; responses?: object }
    >
  >;
}

/** The routes of `GET /api/openapi.json`: what is added to the API is attacked from then on. */
export const targetsOf = ({ paths }: ApiDescription): Target[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: Object.values(requestBody?.content ?? {})[0]?.example,
    })),
  );

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Texts that have broken programs before. */
const NASTY = [
  "",
  " ",
  "0",
  "-1",
  "1e309",
  "NaN",
  "null",
  "undefined",
  "true",
  "[]",
  "{}",
  "__proto__",
  "constructor",
  "toString",
  "../../etc/passwd",
  "..%2f..%2f",
  "%00",
  "%ff%fe",
  "\u0000",
  "\r\nX-Injected: 1",
  "\u001b[2J",
  "\ud800",
  "🙂",
  "' OR 1=1 --",
  '"',
  "\\",
  "*",
  "(((((",
  "a:b:c",
  "status:[1 TO",
  "<script>alert(1)</script>",
  "9007199254740993",
  "-9223372036854775809",
  "99999999999999999999999",
  "now",
  "-15m",
  "-999999999999d",
  "2026-13-45T99:99:99Z",
  "275760-09-13T00:00:00.001Z",
  "W10=",
  "x".repeat(5_000),
];

const nasty = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.integer().map(String) },
  { weight: 1, arbitrary: fc.constantFrom("web", "fuzz-a", "fuzz-b", "combined", "60000", "path", "csv", "parquet") },
);

const json = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  {
    weight: 3,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        ...[
          "service",
          "sql",
          "from",
          "to",
          "q",
          "name",
          "scope",
          "token",
          "limit",
          "message",
          "level",
          "status",
          "time",
          "shards",
          "hotDays",
          "drop",
          "pattern",
          "event",
          "streams",
          "resourceLogs",
          "firstSeq",
          "kind",
          "value",
          "url",
          "explain",
        ],
      ),
      fc.oneof(nasty, fc.jsonValue({ maxDepth: 3 })),
    ),
  },
);

const text = fc.oneof(
  { weight: 4, arbitrary: json.map((value) => JSON.stringify(value)) },
  {
    weight: 2,
    arbitrary: fc
      .array(json, { maxLength: 5 })
      .map((values) => values.map((value) => JSON.stringify(value)).join("\n")),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 30_000 }).map((depth) => "[".repeat(depth)) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 5_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
  },
  { weight: 2, arbitrary: nasty },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 500 }) },
);

const encoder = new TextEncoder();
const body = fc.oneof(
  { weight: 5, arbitrary: text.map((value) => encoder.encode(value)) },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 500 }) },
  { weight: 1, arbitrary: text.map((value) => new Uint8Array(gzipSync(value))) },
  {
    weight: 1,
    arbitrary: text.chain((value) => fc.nat(60).map((cut) => new Uint8Array(gzipSync(value)).subarray(0, cut))),
  },
  { weight: 1, arbitrary: fc.constant(new Uint8Array([0x28, 0xb5, 0x2f, 0xfd, 0xff, 0xff])) },
);

const TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "application/x-ndjson",
  "application/x-protobuf",
  "text/plain",
  "text/html",
  "multipart/form-data",
  "application/x-www-form-urlencoded",
  "application/vnd.fdo.journal",
  "application/logplex-1",
];

const header = fc.oneof(
  fc.tuple(fc.constant("Content-Type"), fc.constantFrom(...TYPES)),
  fc.tuple(fc.constant("Content-Encoding"), fc.constantFrom("gzip", "deflate", "zstd", "br", "identity", "nonsense")),
  fc.tuple(fc.constant("Accept"), fc.constantFrom("text/html", "*/*", "application/json", "text/event-stream", ",;q=")),
  fc.tuple(fc.constant("Upgrade"), fc.constantFrom("websocket", "h2c", "WebSocket")),
  fc.tuple(fc.constant("Range"), fc.constantFrom("bytes=0-0", "bytes=-1", "bytes=9-1", "x")),
  fc.tuple(fc.constant("Origin"), fc.constantFrom("https://evil.test", "null", "x")),
  fc.tuple(fc.constant("Cookie"), fc.constantFrom("weir_session=x", "weir_session=%00", "=;;=")),
  fc.tuple(fc.constant("If-None-Match"), fc.constantFrom("*", '"x"', "W/")),
  fc.tuple(
    fc.constantFrom(
      "Idempotency-Key",
      "X-Weir-Service",
      "X-Request-Id",
      "X-Splunk-Request-Channel",
      "Sec-Fetch-Site",
      "Cf-Access-Jwt-Assertion",
      "Last-Event-ID",
      "X-Scope-OrgID",
    ),
    nasty.map((value) => value.replace(/[^\x20-\x7e]/g, "").trim()),
  ),
);

const textOf = ({ example }: Parameter): fc.Arbitrary<string> =>
  example === undefined
    ? nasty
    : fc.oneof({ weight: 3, arbitrary: fc.constant(example) }, { weight: 2, arbitrary: nasty });

/** What a Latin-1 header and an address can carry of any text. */
const encoded = (value: string): string => encodeURIComponent(value.toWellFormed());

/** An example with one of its parts changed, taken away, or added. */
function bent(example: unknown): fc.Arbitrary<Uint8Array> {
  if (typeof example === "string")
    return fc
      .tuple(nasty, fc.nat(example.length))
      .map(([text, at]) => encoder.encode(example.slice(0, at) + text + example.slice(at)));
  if (typeof example !== "object" || example === null) return body;
  const names = Object.keys(example);
  return fc
    .tuple(fc.constantFrom(...names, "x", "__proto__"), fc.oneof(nasty, json, fc.constant(undefined)))
    .map(([name, value]) => encoder.encode(JSON.stringify({ ...example, [name]: value })));
}

/** A random request, most often one that nearly fits a route. */
export function hostileRequests(targets: readonly Target[]): fc.Arbitrary<HostileRequest> {
  const near = fc.constantFrom(...targets).chain(({ method, path, parameters, body: example }) =>
    fc.record({
      method: fc.oneof(
        { weight: 8, arbitrary: fc.constant(method) },
        { weight: 2, arbitrary: fc.constantFrom(...METHODS) },
      ),
      address: fc
        .tuple(
          fc.record(Object.fromEntries(parameters.map((parameter) => [parameter.name, textOf(parameter)])), {
            requiredKeys: [],
          }),
          fc.option(fc.tuple(fc.constantFrom("key", "dry", "x"), nasty), { nil: undefined, freq: 2 }),
          nasty,
        )
        .map(([values, more, other]) => {
          const isIn = (place: string) =>
            parameters.filter((parameter) => parameter.in === place && values[parameter.name] !== undefined);
          let filled = path;
          for (const { name } of isIn("path")) filled = filled.replace(`{${name}}`, encoded(values[name]!));
          filled = filled.replace(/\{[^}]+\}/g, () => encoded(other));
          const search = isIn("query").map(({ name }) => `${encoded(name)}=${encoded(values[name]!)}`);
          if (more) search.push(`${more[0]}=${encoded(more[1])}`);
          return search.length === 0 ? filled : `${filled}?${search.join("&")}`;
        }),
      fitting: bent(example),
    }),
  );
  const far = fc.record({
    method: fc.constantFrom(...METHODS),
    address: fc
      .tuple(
        fc.constantFrom(
          "",
          "/api",
          "/ingest",
          "/static",
          "/beacon",
          "/elastic",
          "/otlp",
          "/loki",
          "/splunk",
          "/datadog",
          "/analytics",
          "/journald",
        ),
        fc.array(nasty, { maxLength: 4 }),
      )
      .map(([start, parts]) => `${start}/${parts.map(encoded).join("/")}`),
    fitting: body,
  });

  return fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: near }, { weight: 1, arbitrary: far }),
      fc.array(header, { maxLength: 3 }),
      fc.option(body, { nil: undefined, freq: 4 }),
      fc.boolean(),
    )
    .map(([{ method, address, fitting }, headers, given, isFitting]) => ({
      method,
      address,
      headers: { "Content-Type": "application/json", ...Object.fromEntries(headers) },
      body: method === "GET" || method === "HEAD" ? undefined : isFitting ? fitting : given,
    }));
}

/** What no answer may hold: a stack, a file of the Worker, a language's or a database's own words. */
const INSIDES =
  /\bat [\w.<>]+ \(|\bat async |node_modules|\.ts:\d|\.js:\d|D1_ERROR|SQLITE_[A-Z]|TypeError|RangeError|ReferenceError|SyntaxError|Cannot read prop|"code":"internal"|internal error/;

/** What is wrong with an answer; undefined for one that a hostile request may get. */
export function complaintOf(status: number, text: string): string | undefined {
  // 503 and 504 are said on purpose: not set up, overloaded, a statement that took too long.
  if (status >= 500 && status !== 503 && status !== 504) return `status ${status}`;
  const inside = INSIDES.exec(text);
  return inside ? `tells of the inside: ${inside[0]}` : undefined;
}
