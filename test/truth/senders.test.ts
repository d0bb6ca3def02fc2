import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync, inflateSync, zstdDecompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodingOf } from "../../core/ingest/encoding-of.ts";
import type { Protocol } from "../../core/ingest/protocol.ts";
import { PROTOCOLS } from "../../core/ingest/registry.ts";
import { NOTHING_REFUSED, recordsOf, requestOf } from "../core/ingest/request-of.ts";

/** Requests of real shippers, recorded as they came: method, address, headers, body. */
const FOLDER = "../shared/data/senders/";
const HERE = existsSync(FOLDER);

if (!HERE) console.warn(`skipped: the recorded requests are not in ${FOLDER}`);

interface Recorded {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  hex?: string;
}

const DECOMPRESS = { gzip: gunzipSync, zlib: inflateSync, zstd: zstdDecompressSync };

function bodyOf({ body = "", hex }: Recorded): Uint8Array {
  const given = hex ?? (body.startsWith("HEX ") ? body.slice(4) : undefined);
  const bytes = given === undefined ? Buffer.from(body) : Buffer.from(given, "hex");
  const encoding = encodingOf(bytes);
  return new Uint8Array(encoding ? DECOMPRESS[encoding](bytes) : bytes);
}

/** Where each sender would be pointed to: its own path under the mount of its protocol. */
const ROUTES: [path: RegExp, protocol: string][] = [
  [/^.*?(?=\/(?:_bulk|_cluster|_cat|_index_template))/, "elastic"],
  [/^.*?\/loki(?=\/api)/, "loki"],
  [/^(?=\/v1\/logs)/, "otlp"],
  [/^(?=\/services)/, "splunk"],
  [/^(?=\/api\/v2\/logs)/, "datadog"],
  [/^\/gelf/, "gelf"],
  [/^(?=\/upload)/, "journald"],
  [/^.*$/, "any"],
];

function requestAt({ method, url, headers, ...recorded }: Recorded): {
  protocol: Protocol;
  given: NonNullable<Parameters<typeof requestOf>[0]>;
} {
  const { pathname, searchParams } = new URL(url, "http://weir");
  const [prefix, name] = ROUTES.find(([pattern]) => pattern.test(pathname))!;
  const protocol = PROTOCOLS.find((each) => each.name === name)!;
  const path = name === "any" ? "/web" : pathname.replace(prefix, "");
  return {
    protocol,
    given: {
      method,
      path,
      headers,
      query: Object.fromEntries(searchParams),
      body: bodyOf({ method, url, headers, ...recorded }),
    },
  };
}

/** Recorded bodies that were cut by the recorder. */
const isWhole = ({ body = "", hex, headers }: Recorded): boolean => {
  const length = Number(headers["content-length"]);
  const given = hex?.length ?? (body.startsWith("HEX ") ? body.length - 4 : undefined);
  return given === undefined || !(length > 0) || given / 2 === length;
};

const FILES = HERE
  ? readdirSync(FOLDER).filter((file) => !file.startsWith("alertmanager") && !file.includes("logtail"))
  : [];
const recorded = (file: string): Recorded[] =>
  readFileSync(FOLDER + file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(isWhole);

describe.skipIf(!HERE)("recorded requests", () => {
  it.each(FILES)("of %s are taken", (file) => {
    for (const request of recorded(file)) {
      const { protocol, given } = requestAt(request);
      const handshake = protocol.handshake?.(requestOf(given));
      if (request.method !== "POST") {
        expect(handshake?.status).toBe(200);
        continue;
      }
      expect(handshake).toBeUndefined();
      const records = recordsOf(protocol, given);
      expect(records.length).toBeGreaterThan(0);
      for (const record of records) expect(record.message ?? record.attrs).toBeDefined();
      const result = protocol.decode(requestOf(given));
      expect(result.ok && result.value.answer(NOTHING_REFUSED).status).toBeLessThan(300);
    }
  });

  it.each([
    [
      "npm_otlpj.jsonl",
      { service: "shop", level: "info", message: "hello", status: 200, attrs: { a: [1, 2], o: { x: true } } },
    ],
    [
      "npm_otlpp.jsonl",
      { service: "shop", level: "info", message: "hello", status: 200, attrs: { a: [1, 2], o: { x: true } } },
    ],
    ["npm_pino.jsonl", { service: "shop", level: "info", message: "hello", host: "vm", pid: "12541" }],
    ["npm_wlokip.jsonl", { service: "shop", level: "info", app: "shop" }],
    ["npm_wes.jsonl", { service: "logs", level: "info", message: "hello" }],
    ["rsyslog_ok.jsonl", { service: "logs", level: "info", message: 'hello "one"', host: "vm", subNs: 517_000 }],
    ["syslogng_es.jsonl", { service: "logs", level: "info", message: 'one "q"', host: "vm" }],
    ["syslogng_http.jsonl", { level: "info", message: 'one "q"', host: "vm" }],
    ["journal_upload.jsonl", { level: "error", message: "hello journald", host: "web1", app: "nginx", pid: "42" }],
    ["journal_upload_multiline.jsonl", { level: "fatal", message: "line1\nline2 é" }],
    ["more_gelf.py.jsonl", { level: "info", message: "hello gelf", host: "vm" }],
    ["more_splunk.mjs.jsonl", { level: "info", host: "h1", tsMs: 1795309974704 }],
    ["more_whttp.mjs.jsonl", { service: "shop", level: "info", message: "hello" }],
    ["more_seq.mjs.jsonl", { level: "info", message: "Hello {User}", user: "x", tsMs: 1795309982273 }],
  ])("the first record of %s", (file, expected) => {
    const request = recorded(file).find(({ method }) => method === "POST")!;
    const { protocol, given } = requestAt(request);
    expect(recordsOf(protocol, given)[0]).toMatchObject(expected);
  });
});
