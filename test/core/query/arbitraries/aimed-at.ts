import * as fc from "fast-check";
import { FIELDS, type FieldName } from "../../../../core/query/fields.ts";
import { type Filter, isOf, type Pattern, textOf } from "../../../../core/query/filter.ts";
import type { LogRecord } from "../../../../core/record.ts";
import { limits } from "./filter.ts";

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
