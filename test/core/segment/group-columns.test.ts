import * as fc from "fast-check";
import { expect, it } from "vitest";
import { FIELDS, type Field, type FieldName } from "../../../core/query/fields.ts";
import { textOfField } from "../../../core/query/text-of-field.ts";
import { recordJson } from "../../../core/record-json.ts";
import { groupColumns } from "../../../core/segment/group-columns.ts";
import { ALL_COLUMNS, recordAt } from "../../../core/segment/record-at.ts";
import { writeSegment } from "../../../core/segment/write-segment.ts";
import { placed } from "../query/arbitraries/record.ts";
import { codec, groupsOf, rowsOf } from "./segments.ts";

const fields: Field[] = [...(Object.keys(FIELDS) as FieldName[]), { attribute: ["plan"] }, { attribute: ["a", "b"] }];

it("reads of a record what groups ask of it, and no more columns than that", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(placed, { minLength: 1, maxLength: 8 }),
      fc.uniqueArray(fc.constantFrom(...fields), { minLength: 1, maxLength: 2 }),
      async (stored, asked) => {
        const { bytes } = writeSegment("web", [rowsOf(stored.map(({ record }) => record))], codec);
        const [whole] = groupsOf(bytes);
        const [part] = groupsOf(bytes);
        const columns = groupColumns(asked);
        await whole!.load(ALL_COLUMNS);
        await part!.load(columns ?? ALL_COLUMNS);
        for (let at = 0; at < stored.length; at++) {
          const place = { service: "web", shard: 0, seq: at };
          const expected = recordJson({ ...place, record: recordAt(whole!, at) }, "archive");
          const found = recordJson({ ...place, record: recordAt(part!, at, columns && new Set(columns)) }, "archive");
          for (const name of ["time", "level", "bytes", "durationMs"] as const)
            expect(found[name]).toEqual(expected[name]);
          for (const field of asked) expect(textOfField(found, field)).toBe(textOfField(expected, field));
        }
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
