import { refuse } from "../../result.ts";
import type { WordField } from "../put-word.ts";

export type PatternRefusal =
  | "empty_pattern"
  | "pattern_too_long"
  | "unknown_directive"
  | "unclosed_brace"
  | "no_delimiter"
  | "no_field";

/** What a pattern's field fills; names that are none of these are attributes, `""` is a value that nobody wants. */
export type Target = WordField | "time" | "level" | "request" | "query" | "duration" | "attr" | "clock" | "skip";

export interface FieldPart {
  kind: "field";
  target: Target;
  /** Attribute's name, or the letter of a piece of the time. */
  name: string;
  /** Milliseconds in a duration's unit; undefined for the unit that the service has set. */
  unitMs?: number;
  /** Characters of a value that needs no delimiter after it. */
  width?: number;
  /** Wins over a field of the same target: Apache's `%>s` over `%s`. */
  isPreferred?: boolean;
  /** The value is a number under attributes. */
  isNumber?: boolean;
  /** That number is written in hexadecimal digits. */
  isHex?: boolean;
  /** Where it stands in the pattern, from 1. */
  column: number;
}

export interface LiteralPart {
  kind: "literal";
  text: string;
}

export type Part = FieldPart | LiteralPart;

export const literal = (text: string): LiteralPart => ({ kind: "literal", text });

export const refuseAt = <Reason extends PatternRefusal>(reason: Reason, column: number, what: string) =>
  refuse(reason, `column ${column}: ${what}`);
