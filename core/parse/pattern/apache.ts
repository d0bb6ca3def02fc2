import { ok, type Result } from "../../result.ts";
import { type FieldPart, literal, type Part, type PatternRefusal, refuseAt, type Target } from "./part.ts";
import { partsOfStrftime } from "./strftime.ts";

type Meaning = Pick<FieldPart, "target" | "name" | "unitMs" | "isNumber" | "isHex">;

const to = (target: Target, more: Partial<Meaning> = {}): Meaning => ({ target, name: "", ...more });
const attr = (name: string, isNumber = false): Meaning => ({ target: "attr", name, isNumber });

/** Directives of one letter. Source: Apache HTTP Server, mod_log_config and mod_logio, custom log formats. */
const DIRECTIVES: Record<string, Meaning> = {
  a: to("ip"),
  A: attr("local_address"),
  B: to("bytes"),
  b: to("bytes"),
  D: to("duration", { unitMs: 1e-3 }),
  f: attr("file"),
  h: to("ip"),
  H: to("protocol"),
  I: attr("bytes_received", true),
  k: attr("keepalive_requests", true),
  l: attr("ident"),
  L: attr("log_id"),
  m: to("method"),
  O: to("bytes"),
  p: attr("server_port", true),
  P: to("pid"),
  q: to("query"),
  r: to("request"),
  R: attr("handler"),
  s: to("status"),
  S: attr("bytes_transferred", true),
  T: to("duration", { unitMs: 1_000 }),
  u: to("user"),
  U: to("path"),
  v: to("host"),
  V: to("host"),
  X: attr("connection_status"),
};

const UNITS: Record<string, number> = { s: 1_000, ms: 1, us: 1e-3 };

/** Request headers that a record has a field for. */
const HEADERS: Record<string, Target> = { referer: "referrer", "user-agent": "userAgent", host: "host" };

/** Compiles Apache's LogFormat: `%h %l %u %t "%r" %>s %b "%{Referer}i" %D`. */
export function partsOfApache(pattern: string): Result<Part[], PatternRefusal> {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const column = at + 1;
    if (pattern[at] !== "%") {
      parts.push(literal(pattern[at]!));
      continue;
    }
    if (pattern[at + 1] === "%") {
      parts.push(literal("%"));
      at++;
      continue;
    }
    const directive = readDirective(pattern, at + 1);
    if (!directive) return refuseAt("unclosed_brace", column, "a { without its }");
    at = directive.end - 1;
    const found = partsOf(directive, column);
    if (!found) return refuseAt("unknown_directive", column, pattern.slice(column - 1, directive.end));
    parts.push(...found);
  }
  return ok(parts);
}

interface Directive {
  /** Text in braces; undefined without braces. */
  param: string | undefined;
  letter: string;
  /** Of the final request after internal redirects. */
  isFinal: boolean;
  end: number;
}

/** Status conditions (`!200,304`), `<`, `>` and `{param}` may stand in any order before the letter. */
function readDirective(pattern: string, from: number): Directive | undefined {
  let param: string | undefined;
  let isFinal = false;
  let at = from;
  for (; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === "{") {
      const close = pattern.indexOf("}", at);
      if (close === -1) return undefined;
      param = pattern.slice(at + 1, close);
      at = close;
    } else if (char === ">") isFinal = true;
    else if (!"!<,0123456789".includes(char)) break;
  }
  const letter = pattern[at] === "^" ? pattern.slice(at, at + 3) : (pattern[at] ?? "");
  return { param, letter, isFinal, end: at + letter.length };
}

function partsOf({ param, letter, isFinal }: Directive, column: number): Part[] | undefined {
  if (letter === "t")
    return param === undefined || param === ""
      ? [{ kind: "field", ...to("time"), column }]
      : partsOfTime(param, column);
  const meaning = param === undefined ? DIRECTIVES[letter] : meaningOfParam(param, letter);
  // Of two durations in one line the finer counts.
  const isPreferred = isFinal || (meaning?.unitMs ?? 1_000) < 1_000;
  return meaning && [{ kind: "field", ...meaning, isPreferred, column }];
}

const partsOfTime = (param: string, column: number): Part[] | undefined =>
  partsOfStrftime(param.replace(/^(?:begin|end):/, ""), column);

function meaningOfParam(param: string, letter: string): Meaning | undefined {
  const name = param.toLowerCase();
  switch (letter) {
    case "i":
      return HEADERS[name] ? to(HEADERS[name]) : attr(name.replaceAll("-", "_"));
    case "o":
      return attr(`response_${name.replaceAll("-", "_")}`);
    case "T":
      return UNITS[name] === undefined ? undefined : to("duration", { unitMs: UNITS[name] });
    case "p":
      return attr(name === "remote" ? "client_port" : "server_port", true);
    case "P":
      return name === "pid" ? to("pid") : { ...attr("tid", true), isHex: name === "hextid" };
    case "a":
      return name === "c" ? attr("peer_address") : undefined;
    case "h":
      return name === "c" ? attr("peer_address") : undefined;
    case "C":
    case "e":
    case "n":
    case "^ti":
    case "^to":
      return attr(param);
    default:
      return undefined;
  }
}
