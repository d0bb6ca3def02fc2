import * as fc from "fast-check";
import { FIELDS, type Field, type FieldName } from "../../../../core/query/fields.ts";
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
} from "../../../../core/query/filter.ts";
import { networkOf } from "../../../../core/query/ip.ts";
import { FLAGS } from "../../../../core/record.ts";
import { KEYS, NOW_MS, number, shortText } from "./values.ts";

const NETWORKS =
  `10.0.0.0/8 10.0.0.0/15 10.0.0.1 10.0.0.128/25 172.16.0.0/12 0.0.0.0/0 0.0.0.0/3 ::/0 ::1 2001:db8::/32 2001:db8::/33 2001:db8::1
  2001:db8:1:2::/64 2001:db8:1:2:3:4:5:0/113 fe80::/10 1::/16`
    .split(/\s+/)
    .map((network) => ({ kind: "network" as const, ...networkOf(network)! }));

const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  shortText.map((piece) => [piece]),
  fc.array(fc.oneof(fc.constant(""), shortText), { minLength: 2, maxLength: 5 }),
);

const attribute = fc
  .oneof(
    fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(["a", "b"], ["a", "b", "a"]),
  )
  .map((parts): Field => ({ attribute: [...parts] }));

const named = (...kinds: string[]): fc.Arbitrary<FieldName> =>
  fc.constantFrom(...(Object.keys(FIELDS) as FieldName[]).filter((name) => kinds.includes(FIELDS[name].kind)));

export const limits = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Limits<Value>> => {
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
