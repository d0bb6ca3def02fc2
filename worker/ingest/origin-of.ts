import type { Origin } from "../../core/delivery/message.ts";
import type { LogRecord } from "../../core/record.ts";
import { ApiError } from "../errors.ts";

const MAX_KEY_CHARS = 256;
const DAY_MS = 24 * 3_600_000;
/** As long as shippers repeat a batch; longer, and two equal batches may be two events. */
const CONTENT_KEPT_MS = 10 * 60_000;

/** `Idempotency-Key` makes a retry harmless for 24 hours; the body's hash tells a retry from a mistake. */
export async function originOfKey(
  key: string | undefined,
  service: string,
  body: Uint8Array,
): Promise<Origin | undefined> {
  if (key === undefined || key === "") return undefined;
  if (key.length > MAX_KEY_CHARS)
    throw new ApiError("invalid_request", `an Idempotency-Key may have ${MAX_KEY_CHARS} characters`);
  return { kind: "key", key: `given:${key}`, bodyHash: await hashOf(service, body), keptMs: DAY_MS };
}

/**
 * A batch whose records carry their own sub-second times names itself: the same bytes within ten minutes are a shipper
 * that did not hear our answer. Undefined where equal bytes may well be another event.
 */
export async function originOfContent(
  records: readonly LogRecord[],
  service: string,
  body: Uint8Array,
): Promise<Origin | undefined> {
  if (records.length === 0) return undefined;
  let fine = 0;
  for (const { tsMs, subNs, flags } of records) {
    if (flags?.includes("no_time")) return undefined;
    if (subNs !== undefined || tsMs % 1_000 !== 0) fine++;
  }
  // One time in a thousand falls on a whole second by itself.
  if (fine < records.length * 0.9) return undefined;
  const hash = await hashOf(service, body);
  return { kind: "key", key: `content:${hash}`, bodyHash: hash, keptMs: CONTENT_KEPT_MS };
}

async function hashOf(service: string, body: Uint8Array): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return `${service}:${Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
