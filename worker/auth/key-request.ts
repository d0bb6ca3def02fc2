import * as v from "valibot";
import { SCOPES } from "./principal.ts";

const MAX_BOUNDS = 50;
const MAX_NAME = 100;
const YEARS_10_MS = 10 * 366 * 86_400_000;
const DAY_SECONDS = 86_400;

/** A service's name, or its beginning and a star. */
const bound = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9](?:[a-z0-9._-]{0,62}|[a-z0-9._-]{0,61}\*)$/,
    "a service, or the beginning of one and a star: web-*",
  ),
);

/** What browsers send as Origin; one leading label may be a star. */
const origin = v.pipe(
  v.string(),
  v.maxLength(300),
  v.check(isOrigin, "an origin: https://shop.example.com, or https://*.example.com"),
);

function isOrigin(text: string): boolean {
  const host = text.replace("://*.", "://");
  return /^https?:\/\/[^*]+$/.test(host) && URL.canParse(host) && new URL(host).origin === host;
}

const inFuture = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse))], "a time: ISO 8601 or epoch ms"),
  v.integer(),
  v.check((ms) => ms > Date.now() && ms < Date.now() + YEARS_10_MS, "a time to come, within ten years"),
);

/** The body of POST /api/keys. */
export const newKeySchema = v.pipe(
  v.strictObject({
    name: v.pipe(
      v.string(),
      v.trim(),
      v.nonEmpty(),
      v.maxLength(MAX_NAME),
      v.regex(/^\P{C}*$/u, "a name without control characters"),
    ),
    scope: v.picklist(SCOPES),
    services: v.optional(v.pipe(v.array(bound), v.maxLength(MAX_BOUNDS)), []),
    origins: v.optional(v.pipe(v.array(origin), v.maxLength(MAX_BOUNDS)), []),
    /** Records a UTC day into each service. */
    dailyRecords: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1e12))),
    expires: v.optional(inFuture),
  }),
  v.forward(
    v.check(
      ({ scope, origins }) => (scope === "beacon") === origins.length > 0,
      "the scope beacon has origins, the others none",
    ),
    ["origins"],
  ),
  v.forward(
    v.check(
      ({ scope, services }) => services.length === 0 || scope === "ingest" || scope === "beacon",
      "only keys that send are bound to services",
    ),
    ["services"],
  ),
  v.forward(
    v.check(
      ({ scope, dailyRecords }) => dailyRecords === undefined || scope === "ingest" || scope === "beacon",
      "only keys that send have a quota",
    ),
    ["dailyRecords"],
  ),
);

/** The body of POST /api/keys/:id/rotate. */
export const rotationSchema = v.strictObject({
  /** How long the old key still holds. */
  overlapSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(30 * DAY_SECONDS)), DAY_SECONDS),
});
