import { ok, type Result } from "../../result.ts";
import { type FieldPart, literal, type Part, type PatternRefusal, refuseAt } from "./part.ts";

type Meaning = Pick<FieldPart, "target"> & Partial<FieldPart>;

/** Variables that a record has a field for; the others become attributes. Source: nginx, alphabetical index of variables. */
const VARIABLES: Record<string, Meaning> = {
  remote_addr: { target: "ip" },
  remote_user: { target: "user" },
  time_local: { target: "time" },
  time_iso8601: { target: "time", isPreferred: true },
  msec: { target: "time", isPreferred: true },
  request: { target: "request" },
  request_method: { target: "method" },
  request_uri: { target: "path", isPreferred: true },
  uri: { target: "path" },
  document_uri: { target: "path" },
  args: { target: "query" },
  query_string: { target: "query" },
  server_protocol: { target: "protocol" },
  status: { target: "status" },
  body_bytes_sent: { target: "bytes", isPreferred: true },
  bytes_sent: { target: "bytes" },
  request_time: { target: "duration", unitMs: 1_000 },
  http_referer: { target: "referrer" },
  http_user_agent: { target: "userAgent" },
  host: { target: "host", isPreferred: true },
  http_host: { target: "host" },
  server_name: { target: "host" },
  hostname: { target: "attr", name: "hostname" },
  pid: { target: "pid" },
  request_length: { target: "attr", isNumber: true },
  server_port: { target: "attr", isNumber: true },
  remote_port: { target: "attr", isNumber: true },
};

const NAME = /\$(?:\{(\w+)\}|(\w+))/y;

/** Compiles nginx's log_format: `$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent`. */
export function partsOfNginx(pattern: string): Result<Part[], PatternRefusal> {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] !== "$") {
      parts.push(literal(pattern[at]!));
      continue;
    }
    NAME.lastIndex = at;
    const match = NAME.exec(pattern);
    if (!match) return refuseAt("unknown_directive", at + 1, "a $ without a variable's name");
    const name = match[1] ?? match[2]!;
    parts.push({ kind: "field", name, ...(VARIABLES[name] ?? { target: "attr" }), column: at + 1 });
    at += match[0].length - 1;
  }
  return ok(parts);
}
