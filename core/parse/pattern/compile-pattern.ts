import { ok, type Result } from "../../result.ts";
import type { Parser } from "../parser.ts";
import { partsOfApache } from "./apache.ts";
import { partsOfNginx } from "./nginx.ts";
import { parseByParts } from "./parse-by-parts.ts";
import { type LiteralPart, literal, type Part, type PatternRefusal, refuseAt } from "./part.ts";
import { partsOfTemplate } from "./template.ts";

const MAX_PATTERN_CHARS = 4_096;

/**
 * Compiles a line format as the server that writes it has it: Apache's LogFormat, nginx's log_format, or a template with
 * named fields (`{ip} [{time}] {message}`). Known by its signs; a whole `LogFormat "…" name` or `log_format name '…';` is
 * taken too.
 *
 * Each value ends where the text after it in the pattern first occurs, so that a line is read once from left to right and
 * no line, however hostile, costs more than its length. Hence a delimiter must stand between two fields. The detail of a
 * refusal names the column, from 1.
 */
export function compilePattern(pattern: string): Result<Parser, PatternRefusal> {
  if (pattern.length > MAX_PATTERN_CHARS)
    return refuseAt("pattern_too_long", MAX_PATTERN_CHARS, `at most ${MAX_PATTERN_CHARS} characters`);
  const format = formatOf(pattern);
  if (format === "") return refuseAt("empty_pattern", 1, "nothing to compile");
  const read = readParts(format);
  if (!read.ok) return read;
  const parts = merged(read.value);
  const mistake = mistakeIn(parts);
  if (mistake) return mistake;
  return ok({ name: "pattern", parse: (line, context) => parseByParts(parts, line, context) });
}

/** A brace of Apache's follows its `%`, perhaps with conditions between; one of nginx's follows its `$`. */
const TEMPLATE_FIELD = /(?:^|[^$%<>!,\d{])\{[\w.@: -]*\}/;

function readParts(format: string): Result<Part[], PatternRefusal> {
  if (TEMPLATE_FIELD.test(format)) return partsOfTemplate(format);
  if (/\$\{?[a-z]/.test(format)) return partsOfNginx(format);
  return format.includes("%") ? partsOfApache(format) : partsOfTemplate(format);
}

/** The format within a directive that was copied whole from a server's configuration. */
function formatOf(pattern: string): string {
  const text = pattern.trim();
  const apache = /^LogFormat\s+"((?:[^"\\]|\\.)*)"(?:\s+\S+)?$/s.exec(text);
  if (apache) return apache[1]!.replace(/\\(["\\])/g, "$1");
  const nginx = /^log_format\s+\S+\s+(?:escape=\w+\s+)?(.*?);?$/s.exec(text);
  if (!nginx) return pattern;
  return [...nginx[1]!.matchAll(/'([^']*)'|"([^"]*)"/g)].map((match) => match[1] ?? match[2]).join("");
}

/** Neighbouring literals as one. */
function merged(parts: Part[]): Part[] {
  const whole: Part[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (part.kind === "literal" && last?.kind === "literal")
      whole[whole.length - 1] = literal((last as LiteralPart).text + part.text);
    else whole.push(part);
  }
  return whole;
}

function mistakeIn(parts: Part[]) {
  if (!parts.some((part) => part.kind === "field")) return refuseAt("no_field", 1, "no field in the pattern");
  for (let at = 1; at < parts.length; at++) {
    const [before, part] = [parts[at - 1]!, parts[at]!];
    if (before.kind !== "field" || part.kind !== "field" || before.width !== undefined) continue;
    // A query string begins with its own delimiter.
    if (part.target === "query" && before.target === "path") continue;
    return refuseAt("no_delimiter", part.column, "no text between this field and the one before it");
  }
  return undefined;
}
