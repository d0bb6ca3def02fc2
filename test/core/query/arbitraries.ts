import * as fc from "fast-check";
import { FIELDS, type Field, type FieldName } from "../../../core/query/fields.ts";
import {
  andOf,
  type Bound,
  type Filter,
  isOf,
  type Limits,
  type Moment,
  notOf,
  orOf,
  type Pattern,
  textOf,
} from "../../../core/query/filter.ts";
import { networkOf } from "../../../core/query/ip.ts";
import { FLAGS, LEVELS, LogRecord } from "../../../core/record.ts";

export const NOW_MS = Date.UTC(2026, 10, 22, 12, 0, 0);

/** Everything that means something to LIKE, GLOB, JSON, regular expressions or the language, and letters that fold oddly. */
const PIECES =
  `a|B|ab|AB|b|/api|/API|/|%|_|\\|\\n|"|'|*|?|é|É|😀|K|ı|İ|ß|:|-|(|)|[|]|{|}|<|>|,|.|GET|http|1|42|42.0|1e2|true|null|10.0.0.1|AND|OR
|€€€€€€€€€€€€€€€€€€€|a long piece of text that is over fifty bytes in all|x`
    .split("|")
    .concat(" ", "\n", "\t", "\u00a0");

export const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join(""));
const shortText = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 2 }).map((pieces) => pieces.join(""));

const ipText = fc.oneof(
  fc.constantFrom(
    "10.0.0.1",
    "10.0.0.200",
    "10.16.3.4",
    "172.16.0.1",
    "172.31.255.255",
    "172.32.0.0",
    "::ffff:10.0.0.1",
    "::FFFF:172.20.1.1",
  ),
  fc.constantFrom(
    "::",
    "::1",
    "2001:db8::1",
    "2001:DB8:0:0::1",
    "2001:db8:1:2:3:4:5:6",
    "2001:0db8::5",
    "fe80::1%eth0",
    "1::",
    "64:ff9b::1.2.3.4",
  ),
  fc.constantFrom(
    "10.0.0",
    "10.host.example",
    "1.2.3.4.5",
    "....",
    "...",
    ":::",
    "1:2",
    "12345::1",
    "a:b:c:d:e:f:0:1",
    "10..0.1",
    "010.0.0.1",
  ),
  fc.ipV4(),
  fc.ipV6(),
);

const NETWORKS =
  `10.0.0.0/8 10.0.0.0/15 10.0.0.1 10.0.0.128/25 172.16.0.0/12 0.0.0.0/0 0.0.0.0/3 ::/0 ::1 2001:db8::/32 2001:db8::/33 2001:db8::1
  2001:db8:1:2::/64 2001:db8:1:2:3:4:5:0/113 fe80::/10 1::/16`
    .split(/\s+/)
    .map((network) => ({ kind: "network" as const, ...networkOf(network)! }));

const number = fc.oneof(
  fc.constantFrom(
    0,
    1,
    42,
    -1,
    100,
    200,
    299,
    404,
    500,
    599,
    0.1,
    0.30000000000000004,
    1e-7,
    1e21,
    42.5,
    9007199254740991,
  ),
  fc.integer({ min: -1000, max: 1000 }),
);

const key = fc.constantFrom("a", "b", "a.b", "b.a", "x y", 'q"', "", "k\\", "é", "$", "0", "__proto__", "toString");
const scalar = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  number.map(String),
  fc.constantFrom(" 42", "042", "4e1", "-", "1.", "Infinity"),
);
const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
})).value;

const AGENTS = [
  { userAgent: "Mozilla/5.0 (X11; Linux) Firefox/99", browser: "Firefox", os: "Linux", device: "desktop" },
  { userAgent: "curl/8_0%", bot: "curl", device: "bot" },
  { userAgent: "ab", browser: "AB" },
];
const agent = fc.oneof(
  fc.constantFrom(...AGENTS),
  fc.record(
    { browser: shortText, os: shortText, device: fc.constantFrom("bot", "desktop"), bot: shortText },
    { requiredKeys: [] },
  ),
);

const fields = fc.record(
  {
    level: fc.constantFrom(...LEVELS),
    message: text,
    method: fc.constantFrom("GET", "post"),
    path: text,
    pathTemplate: text,
    protocol: fc.constantFrom("HTTP/1.1", "HTTP/2.0"),
    status: fc.constantFrom(100, 200, 299, 404, 500, 599),
    bytes: fc.nat(),
    durationMs: number,
    ip: ipText,
    user: text,
    referrer: text,
    country: fc.constantFrom("DE", "us"),
    city: text,
    host: text,
    app: text,
    pid: fc.constantFrom("1", "42"),
    traceId: shortText,
    spanId: shortText,
    userId: shortText,
    sessionId: shortText,
    event: shortText,
    attrs: fc.dictionary(key, value, { maxKeys: 4 }),
    raw: text,
    parser: fc.constantFrom("text", "combined", "mine"),
    flags: fc.uniqueArray(fc.constantFrom(...FLAGS), { minLength: 1 }),
    subNs: fc.integer({ min: 1, max: 999_999 }),
  },
  { requiredKeys: [] },
);

export const SERVICES = ["web", "api-1", "ab"];

/** A record of any shape with the name of its service. */
export const placed = fc
  .record({
    service: fc.constantFrom(...SERVICES),
    fields,
    agent,
    tsMs: fc.integer({ min: -3, max: 3 }).map((minutes) => NOW_MS + minutes * 60_000),
    isAccess: fc.boolean(),
  })
  .map(({ service, fields, agent, tsMs, isAccess }) => {
    const record = Object.assign(new LogRecord(), fields, agent, { tsMs });
    if (isAccess) record.message = `${record.method} ${record.path} ${record.protocol}`;
    return { service, record };
  });

const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  shortText.map((piece) => [piece]),
  fc.array(fc.oneof(fc.constant(""), shortText), { minLength: 2, maxLength: 5 }),
);

const attribute = fc
  .oneof(
    fc.array(fc.constantFrom("a", "b", "x y", 'q"', "", "k\\", "é", "$", "0", "__proto__", "toString"), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom(["a", "b"], ["a", "b", "a"]),
  )
  .map((parts): Field => ({ attribute: [...parts] }));

const named = (...kinds: string[]): fc.Arbitrary<FieldName> =>
  fc.constantFrom(...(Object.keys(FIELDS) as FieldName[]).filter((name) => kinds.includes(FIELDS[name].kind)));

const limits = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Limits<Value>> => {
  const bound: fc.Arbitrary<Bound<Value>> = fc.record({ value: values, inclusive: fc.boolean() });
  return fc.oneof(
    fc.record({ low: bound }),
    fc.record({ high: bound }),
    fc.record({ low: bound, high: bound }),
    values.map((value) => ({ low: { value, inclusive: true }, high: { value, inclusive: true } })),
  );
};

const moment: fc.Arbitrary<Moment> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((minutes) => ({ agoMs: minutes === 0 ? 0 : minutes * 60_000 })),
  fc.integer({ min: -180_000, max: 180_000 }).map((ms) => NOW_MS + ms),
);

const term: fc.Arbitrary<Filter> = fc.oneof(
  { weight: 3, arbitrary: pattern.map(textOf).filter((filter) => filter.kind !== "all") },
  {
    weight: 2,
    arbitrary: fc
      .oneof(named("text", "number", "level", "time", "ip", "flags"), attribute)
      .map((field) => ({ kind: "has" as const, field })),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.oneof(named("text"), attribute), pattern).map(([field, pieces]) => isOf(field, pieces)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(attribute, fc.oneof(number.map(String), fc.constantFrom("true", "42.0", "1E2", "4*")))
      .map(([field, plain]) => isOf(field, plain.split("*"))),
  },
  { weight: 1, arbitrary: fc.constantFrom(...FLAGS).map((flag) => isOf("flags", [flag])) },
  { weight: 1, arbitrary: fc.constantFrom("10.*", "*1", "::*").map((glob) => isOf("ip", glob.split("*"))) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.oneof(named("number"), attribute), limits(number))
      .map(([field, ends]) => ({ kind: "within" as const, field, ...ends })),
  },
  {
    weight: 1,
    arbitrary: limits(fc.nat({ max: 5 })).map((ends) => ({
      kind: "within" as const,
      field: "level" as const,
      ...ends,
    })),
  },
  { weight: 1, arbitrary: limits(moment).map((ends) => ({ kind: "when" as const, ...ends })) },
  { weight: 1, arbitrary: fc.constantFrom(...NETWORKS) },
);

const swapCase = (plain: string): string =>
  plain.replace(/[a-zA-Z]/g, (letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase()));

/** Part of a text, some of it cut out, with the case of its letters turned. */
const patternFrom = (whole: string): fc.Arbitrary<Pattern> =>
  fc
    .tuple(fc.array(fc.nat({ max: whole.length }), { minLength: 2, maxLength: 6 }), fc.boolean())
    .map(([cuts, turned]) => {
      const units = (turned ? swapCase(whole) : whole).split("");
      const places = cuts.toSorted((a, b) => a - b);
      const pieces: string[] = [];
      for (let at = 0; at + 1 < places.length; at += 2) pieces.push(units.slice(places[at], places[at + 1]).join(""));
      return pieces.filter((piece) => piece.isWellFormed());
    });

const TEXT_NAMES = (Object.keys(FIELDS) as FieldName[]).filter((name) => FIELDS[name].kind === "text");

function attributesOf(attrs: object, parts: string[] = []): { parts: string[]; value: unknown }[] {
  return Object.entries(attrs).flatMap(([name, value]) => {
    const here = [...parts, ...name.split(".")];
    const below = typeof value === "object" && value !== null && !Array.isArray(value) ? attributesOf(value, here) : [];
    return [{ parts: here, value }, ...below];
  });
}

/** A condition that this record is likely to meet, or to miss by little. */
export function aimedAt({ record }: { record: LogRecord }): fc.Arbitrary<Filter> {
  const choices: fc.Arbitrary<Filter>[] = [fc.constant(isOf("parser", [record.parser]))];
  for (const name of TEXT_NAMES) {
    const plain = (record as unknown as Record<string, unknown>)[name];
    if (typeof plain !== "string") continue;
    choices.push(fc.constant(isOf(name, [swapCase(plain)])));
    choices.push(patternFrom(plain).map((pieces) => isOf(name, ["", ...pieces, ""])));
    choices.push(patternFrom(plain).map((pieces) => textOf(pieces)));
  }
  for (const { parts, value } of attributesOf(record.attrs ?? {})) {
    const field = { attribute: parts };
    choices.push(fc.constant({ kind: "has", field }));
    for (const item of Array.isArray(value) ? value : [value]) {
      const plain = typeof item === "object" ? JSON.stringify(item) : String(item);
      choices.push(fc.constant(isOf(field, [swapCase(plain)])));
      choices.push(patternFrom(plain).map((pieces) => isOf(field, ["", ...pieces, ""])));
      choices.push(patternFrom(plain).map((pieces) => textOf(pieces)));
      const limit = Number(plain);
      if (Number.isFinite(limit))
        choices.push(limits(fc.constant(limit + 0)).map((ends) => ({ kind: "within" as const, field, ...ends })));
    }
  }
  return fc.oneof(...choices);
}

/** Any filter that the grammar can say. */
export const filter: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },

    { weight: 3, arbitrary: term },
    { weight: 1, arbitrary: tie("filter").map(notOf) },
    { weight: 1, arbitrary: fc.array(tie("filter"), { minLength: 2, maxLength: 3 }).map(andOf) },
    { weight: 1, arbitrary: fc.array(tie("filter"), { minLength: 2, maxLength: 3 }).map(orOf) },
  ),
})).filter;
