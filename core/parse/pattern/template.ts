import { ok, type Result } from "../../result.ts";
import { type FieldPart, literal, type Part, type PatternRefusal, refuseAt, type Target } from "./part.ts";

/** Names of a record's fields, in the spelling of the answers; snake_case is understood too. */
const TARGETS = new Set<string>(
  "ip user time level message request method path query protocol status bytes referrer userAgent host app pid traceId spanId userId sessionId event".split(
    " ",
  ),
);

/** A duration in the service's unit, or in its own. */
const DURATIONS: Record<string, number | undefined> = {
  duration: undefined,
  durationMs: 1,
  durationUs: 1e-3,
  durationS: 1_000,
};

/** Compiles `{ip} {} {user} [{time}] "{request}" {status}`. `{}` skips a value, other names are attributes, `{{` is a brace. */
export function partsOfTemplate(pattern: string): Result<Part[], PatternRefusal> {
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] === "{" && pattern[at + 1] !== "{") {
      const close = pattern.indexOf("}", at);
      if (close === -1) return refuseAt("unclosed_brace", at + 1, "a { without its }");
      const name = pattern.slice(at + 1, close).trim();
      if (!/^[\w.@:-]*$/.test(name)) return refuseAt("unknown_directive", at + 1, `{${name}}`);
      parts.push(fieldOf(name, at + 1));
      at = close;
      continue;
    }
    if ((pattern[at] === "{" || pattern[at] === "}") && pattern[at + 1] === pattern[at]) at++;
    parts.push(literal(pattern[at]!));
  }
  return ok(parts);
}

function fieldOf(given: string, column: number): FieldPart {
  if (given === "") return { kind: "field", target: "skip", name: "", column };
  const name = given.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
  if (name in DURATIONS) return { kind: "field", target: "duration", name, unitMs: DURATIONS[name], column };
  if (TARGETS.has(name)) return { kind: "field", target: name as Target, name, column };
  return { kind: "field", target: "attr", name: given.replace(/^attrs\./, ""), column };
}
