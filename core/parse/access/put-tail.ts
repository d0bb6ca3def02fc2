import type { LogRecord } from "../../record.ts";
import type { ParseContext } from "../parser.ts";
import { putAttr, putAttrs } from "../put-attr.ts";
import { wholeNumberOf } from "../whole-number.ts";

const MS_OF_UNIT = { ms: 1, us: 1e-3, s: 1_000 };

/** nginx ingress: request length, request time, `[upstream]`, `[alternative]`, address, length, time, status, request id. */
const INGRESS = /^(\d+) (\d+\.\d{3}) \[([^\]]*)\] \[([^\]]*)\] (.+) (\S+) (\S+) (\S+) (\S+)$/;

/** Traefik: request count, `"router"`, `"server"`, duration. */
const TRAEFIK = /^(\d+|-) "([^"]*)" "([^"]*)" (\d+)ms$/;

/** `"10.0.0.1, 10.0.0.2"`, the X-Forwarded-For that nginx's example format ends with. */
const FORWARDED = /^"([^"]*)"$/;

const ZERO = 48;

/** Longer tails are kept, but not looked into: no server writes them. */
const MAX_TAIL_CHARS = 2_000;

/**
 * Puts what follows the known fields of an access line: nearly always a response time.
 *
 * True if `rawOf` can write it back, which it can for whole milliseconds alone.
 */
export function putTail(record: LogRecord, tail: string, context: ParseContext): boolean {
  const whole = wholeNumberOf(tail);
  if (whole !== -1) {
    record.durationMs = whole * MS_OF_UNIT[context.durationUnit];
    return context.durationUnit === "ms" && (tail.charCodeAt(0) !== ZERO || tail.length === 1);
  }
  const seconds = /^\d{1,9}\.\d{1,9}$/.test(tail) ? durationOfDecimal(tail, context) : undefined;
  if (seconds !== undefined) record.durationMs = seconds;
  else if (tail.length > MAX_TAIL_CHARS || !putKnownTail(record, tail, context)) putAttr(record, "extra", tail);
  return false;
}

/** Three decimals are nginx's and HAProxy's seconds, whatever the unit of whole numbers is. */
function durationOfDecimal(text: string, context: ParseContext): number {
  const isSeconds = text.length - text.indexOf(".") === 4;
  return round(Number(text) * (isSeconds ? 1_000 : MS_OF_UNIT[context.durationUnit]));
}

/** Away with the noise of binary fractions; nanoseconds stay. */
const round = (ms: number): number => Math.round(ms * 1e6) / 1e6;

function putKnownTail(record: LogRecord, tail: string, context: ParseContext): boolean {
  const forwarded = FORWARDED.exec(tail);
  if (forwarded) {
    putAttr(record, "x_forwarded_for", forwarded[1]);
    return true;
  }
  const traefik = TRAEFIK.exec(tail);
  if (traefik) {
    record.durationMs = Number(traefik[4]);
    putAttrs(record, { router: traefik[2], server_url: traefik[3] });
    return true;
  }
  return tail.charCodeAt(0) <= 57 && putIngress(record, tail, context);
}

function putIngress(record: LogRecord, tail: string, context: ParseContext): boolean {
  const ingress = INGRESS.exec(tail);
  if (!ingress) return false;
  const [, length, time, upstream, , address, , upstreamTime, upstreamStatus, requestId] = ingress;
  record.durationMs = durationOfDecimal(time!, context);
  putAttrs(record, {
    request_length: Number(length),
    upstream,
    upstream_addr: address,
    upstream_response_time: upstreamTime,
    upstream_status: upstreamStatus,
    request_id: requestId,
  });
  return true;
}
