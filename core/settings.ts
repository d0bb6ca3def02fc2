import * as v from "valibot";
import { isTimeZone } from "./parse/time/zone.ts";
import { LEVELS } from "./record.ts";

/** What a drop rule may look at. */
export const DROP_FIELDS = [
  "level",
  "method",
  "path",
  "status",
  "userAgent",
  "bot",
  "event",
  "message",
  "host",
  "app",
  "ip",
] as const;
export type DropField = (typeof DROP_FIELDS)[number];

const MAX_RULES = 50;
const MAX_PATTERN = 1_000;
const pattern = v.pipe(v.string(), v.nonEmpty(), v.maxLength(256));

/** A record is dropped where every one of the named fields matches: `{path: "/healthz", status: "2*"}`. `*` stands for any text. */
const dropRule = v.pipe(
  v.strictObject({
    level: v.optional(v.picklist(LEVELS)),
    method: v.optional(pattern),
    path: v.optional(pattern),
    status: v.optional(pattern),
    userAgent: v.optional(pattern),
    bot: v.optional(pattern),
    event: v.optional(pattern),
    message: v.optional(pattern),
    host: v.optional(pattern),
    app: v.optional(pattern),
    ip: v.optional(pattern),
  }),
  v.check((rule) => Object.values(rule).some((value) => value !== undefined), "a rule names at least one field"),
);
export type DropRule = v.InferOutput<typeof dropRule>;

const redaction = v.strictObject({
  /** Passwords, tokens and API keys in addresses, headers and attributes of such names. */
  secrets: v.optional(v.boolean(), true),
  /** Card numbers that pass the Luhn check. */
  cards: v.optional(v.boolean(), false),
  emails: v.optional(v.boolean(), false),
  /** Keeps /24 of an IPv4 and /48 of an IPv6 address; the country is looked up before. */
  ips: v.optional(v.boolean(), false),
});

const sampling = v.strictObject({
  /** Share of records that are kept, above 0 and up to 1. */
  keep: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  /** Keeps every record of this level or a worse one, whatever the share. */
  alwaysFrom: v.optional(v.picklist(LEVELS), "warn"),
});

const allSettings = v.strictObject({
  /** Name of the one parser to use; found by content where absent. */
  parser: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9_]{1,32}$/, "a parser's name"))),
  /** Apache LogFormat, nginx log_format or a template of named fields. */
  pattern: v.optional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_PATTERN))),
  /** Zone of times that name none: IANA name or UTC. */
  zone: v.optional(v.pipe(v.string(), v.check(isTimeZone, "a time zone as the IANA database names it")), "UTC"),
  /** Unit of a bare response time. */
  durationUnit: v.optional(v.picklist(["ms", "us", "s"]), "ms"),
  redact: v.optional(redaction, {}),
  drop: v.optional(v.pipe(v.array(dropRule), v.maxLength(MAX_RULES)), []),
  sample: v.optional(sampling),
  /** Days that records stay as rows of the database; 0 sends them to the archive at once. */
  hotDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(400)), 7),
  /** Rows of the database a day (UTC); what comes after them goes to the archive at once. Absent: no limit. */
  hotRowsPerDay: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000))),
  /** Days after which the archive forgets; absent keeps for ever. */
  retentionDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3_650))),
  /** Days after which statistics are removed, at least as many as `retentionDays`; absent keeps for ever. */
  summaryDays: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(36_500))),
  /** Every record has its line in the archive, also where the other columns give it back: for engines that cannot put it together. */
  rawInArchive: v.optional(v.boolean(), false),
  /** Streams that share the service's load. */
  shards: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)), 1),
});

/** Statistics of a time whose records are there still would say that nothing was. */
const keepsStatistics = ({ summaryDays, retentionDays }: v.InferOutput<typeof allSettings>): boolean =>
  summaryDays === undefined || (retentionDays !== undefined && summaryDays >= retentionDays);

/** What a person may set for one service; every part may be left out. */
export const serviceSettings = v.pipe(
  allSettings,
  v.forward(
    v.check(
      keepsStatistics,
      "statistics stay at least as long as records: set retentionDays, and no more days than these",
    ),
    ["summaryDays"],
  ),
);
export type ServiceSettings = v.InferOutput<typeof serviceSettings>;

export const DEFAULT_SETTINGS: ServiceSettings = v.parse(serviceSettings, {});
