import * as v from "valibot";
import type { Filter } from "../../core/query/filter.ts";
import { parseFilter } from "../../core/query/parse-filter.ts";
import { isServiceName } from "../../core/service-name.ts";
import { momentOf, type TimeRange } from "../../core/time-range.ts";
import { ApiError } from "../errors.ts";

const DEFAULT_FROM = "-1h";

/** Before every time that ISO 8601 writes with four digits: where a range begins that has no beginning. */
export const BEGINNING_MS = Date.UTC(0, 0) - 1_900 * 366 * 86_400_000;

/** What every question about records may carry. */
export const questionQuery = {
  service: v.optional(v.string()),
  from: v.optional(v.string(), DEFAULT_FROM),
  to: v.optional(v.string()),
  q: v.optional(v.pipe(v.string(), v.maxLength(8_000)), ""),
};

export interface Question extends TimeRange {
  /** Undefined: every service. */
  service: string | undefined;
  /** Undefined: every record. */
  filter: Filter | undefined;
  /** Which ends were named as moments; one that counts from now moves on anyway. */
  exact?: { from: boolean; to: boolean };
}

interface RawQuestion {
  service?: string | undefined;
  from: string;
  to?: string | undefined;
  q: string;
}

/** Reads a question, or throws the error that names what is wrong with it. */
export function questionOf({ service, from, to, q }: RawQuestion, nowMs: number): Question {
  if (service !== undefined && service !== "") checkServiceName(service);
  const fromMs = from === "0" ? BEGINNING_MS : moment("from", from, nowMs);
  const range = { fromMs, toMs: endOf(from, to, nowMs) };
  if (range.fromMs >= range.toMs)
    throw new ApiError("invalid_request", "from must be before to", {
      issues: [{ path: "from", message: "must be before to" }],
    });
  return {
    ...range,
    service: service || undefined,
    filter: q.trim() === "" ? undefined : filterOf(q),
    exact: { from: isNamed(from), to: to !== undefined && isNamed(to) },
  };
}

const isNamed = (moment: string): boolean => !/^now$|[smhdw]$/.test(moment);

/** `from=0` alone means everything, also what claims to be of the future or of before 1970; else a range ends now unless told. */
function endOf(from: string, to: string | undefined, nowMs: number): number {
  if (to === undefined && from === "0") return Number.MAX_SAFE_INTEGER;
  // Ranges are half-open, and a record of this very millisecond is part of "until now".
  return to === undefined || to === "now" ? nowMs + 1 : moment("to", to, nowMs);
}

export function checkServiceName(service: string): void {
  if (!isServiceName(service)) {
    throw new ApiError(
      "invalid_service",
      "a service name is 1-63 of a-z, 0-9, dot, dash and underscore, beginning with a letter or digit",
    );
  }
}

export function filterOf(q: string): Filter {
  const parsed = parseFilter(q);
  if (!parsed.ok) throw new ApiError(parsed.reason, parsed.detail);
  return parsed.value;
}

function moment(name: string, text: string, nowMs: number): number {
  const parsed = momentOf(text, nowMs);
  if (parsed.ok) return parsed.value;
  throw new ApiError("invalid_request", `${name}: ${parsed.detail}`, {
    issues: [{ path: name, message: parsed.detail }],
  });
}
