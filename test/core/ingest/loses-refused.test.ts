import { describe, expect, it } from "vitest";
import { PROTOCOLS } from "../../../core/ingest/registry.ts";
import { requestOf } from "./request-of.ts";

const loses = (name: string, headers: Record<string, string> = {}): boolean =>
  PROTOCOLS.find((protocol) => protocol.name === name)!.losesRefused?.(requestOf({ headers })) ?? false;

describe("a sender that never repeats is told from one that does", () => {
  it.each([
    ["elastic", { "content-type": "application/json; charset=utf-8" }],
    ["loki", { "user-agent": "node" }],
    ["splunk", {}],
    ["datadog", {}],
    ["gelf", {}],
  ])("%s %j loses what is refused", (name, headers) => expect(loses(name, headers)).toBe(true));

  it.each([
    ["elastic", { "content-type": "application/x-ndjson", "user-agent": "elastic-transport-js" }],
    ["loki", { "user-agent": "Grafana Alloy" }],
    ["otlp", {}],
    ["journald", {}],
    ["any", {}],
  ])("%s %j comes again", (name, headers) => expect(loses(name, headers)).toBe(false));
});
