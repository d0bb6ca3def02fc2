import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { elastic } from "../../core/ingest/elastic.ts";
import { gelf } from "../../core/ingest/gelf.ts";
import { logpush } from "../../core/ingest/logpush.ts";
import { loki } from "../../core/ingest/loki.ts";
import { otlp } from "../../core/ingest/otlp.ts";
import { splunk } from "../../core/ingest/splunk.ts";
import { decoded, NOTHING_REFUSED, recordsOf } from "../core/ingest/request-of.ts";

/** Bodies of other projects' own documentation and suites, with what they hold. */
const FOLDER = "../shared/data/protocols/";
const HERE = existsSync(FOLDER);

const read = (name: string): string => readFileSync(FOLDER + name, "utf8");
const json = (name: string) => JSON.parse(read(name));
const rows = (name: string) =>
  read(name)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

if (!HERE) console.warn(`skipped: the protocols' own examples are not in ${FOLDER}`);

describe.skipIf(!HERE)("the protocols' own examples", () => {
  it("OTLP's, field by field", () => {
    const { record } = json("otlp_logs_official_example.expect.json");
    const [read_] = recordsOf(otlp, { path: "/v1/logs", body: read("otlp_logs_official_example.json") });
    expect(new Date(read_!.tsMs as number).toISOString()).toBe(record.time);
    expect(read_).toMatchObject({
      service: record.resource["service.name"],
      level: "info",
      traceId: record.trace_id,
      spanId: record.span_id,
      message: record.body,
      attrs: { ...record.attributes, scope: record.scope },
    });
    expect(read_!.subNs).toBeUndefined();
  });

  it("Loki's, nanoseconds included", () => {
    const { entries, streams } = json("loki_push_example.expect.json");
    const records = recordsOf(loki, { path: "/api/v1/push", body: read("loki_push_example.json") });
    expect(records).toHaveLength(entries);
    expect(new Set(records.map(({ service }) => service)).size).toBe(streams);
    expect(records[1]).toMatchObject({
      tsMs: 1570818239000,
      subNs: 1,
      status: 404,
      traceId: "0242ac120002",
      userId: "superUser123",
    });
  });

  it("Elasticsearch's, in the answer too", () => {
    const {
      documents_to_store_as_log_events: count,
      response_shape: shape,
      actions,
    } = json("es_bulk_docs_example.expect.json");
    const request = decoded(elastic, { path: "/_bulk", body: read("es_bulk_docs_example.ndjson") });
    expect(request.batches.flatMap(({ entries }) => entries)).toHaveLength(count);
    const answer = JSON.parse(request.answer(NOTHING_REFUSED).body as string);
    expect(answer.items.flatMap(Object.keys)).toEqual(actions);
    expect(answer.errors).toBe(shape.errors);
    const statusOf = (item: object): number => Object.values(item)[0].status;
    expect(answer.items.map(statusOf)).toEqual(shape.items.map(statusOf));
  });

  it("a real bulk body, document by document", () => {
    const truth = json("es_bulk_elasticoffee_a.expect.json");
    const records = recordsOf(elastic, { path: "/_bulk", body: read("es_bulk_elasticoffee_a.ndjson") });
    expect(records).toHaveLength(truth.documents);
    const attrs = records.map(({ attrs: given }) => given as { beverage: string; quantity: number });
    expect(attrs.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(truth.quantity_sum);
    const counts: Record<string, number> = {};
    for (const { beverage } of attrs) counts[beverage] = (counts[beverage] ?? 0) + 1;
    expect(counts).toEqual(truth.by_beverage);
    const times = records.map(({ tsMs }) => tsMs as number);
    expect(Math.min(...times)).toBe(Date.parse(truth.first_timestamp));
    expect(Math.max(...times)).toBe(Date.parse(truth.last_timestamp));
  });

  it.each(HERE ? rows("gelf_cases.jsonl") : [])("GELF: $line", ({ line, expect: truth }) => {
    const [record] = recordsOf(gelf, { body: line });
    expect(((record!.tsMs as number) * 1_000) / 1_000_000).toBeCloseTo(truth.time_epoch, 3);
    const { app, method, path, ...rest } = truth.fields;
    expect(record).toMatchObject({ host: truth.host, message: truth.message, level: "info", app, attrs: rest });
    if (method) expect(record).toMatchObject({ method, path });
  });

  it.each(HERE ? rows("splunk_hec_cases.jsonl") : [])("Splunk: $case", ({ body, expect: truth }) => {
    const records = recordsOf(splunk, { path: "/services/collector", body });
    expect(records).toHaveLength(truth.events);
    if (truth.first)
      expect(records[0]).toMatchObject({ message: truth.first.event, attrs: { sourcetype: truth.first.sourcetype } });
    if (truth.second_fields)
      expect(records[1]).toMatchObject({ level: "info", attrs: { category: truth.second_fields.category } });
  });

  it("Cloudflare's whole set of request fields", () => {
    const body = read("cloudflare_http_requests_full.json");
    const given = JSON.parse(body);
    const [record] = recordsOf(logpush, { path: "/web", body });
    expect(record).toMatchObject({
      tsMs: Date.parse(given.EdgeStartTimestamp),
      ip: given.ClientIP,
      host: given.ClientRequestHost,
      method: given.ClientRequestMethod,
      path: given.ClientRequestURI,
      protocol: given.ClientRequestProtocol,
      status: given.EdgeResponseStatus,
      bytes: given.EdgeResponseBytes,
      country: "RU",
      attrs: { RayID: given.RayID, ClientASN: given.ClientASN },
    });
  });
});
