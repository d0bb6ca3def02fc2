import * as fc from "fast-check";
import { expect, it } from "vitest";
import { rowOrder } from "../../../core/segment/row-order.ts";

it("sorts rows by time, shard and seq", () => {
  const few = fc.integer({ min: 0, max: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(few, few, few), { maxLength: 100 }), (rows) => {
      const [time, shard, seq] = [0, 1, 2].map((part) => Float64Array.from(rows, (row) => row[part]!));
      const order = rowOrder({ time: time!, shard: shard!, seq: seq! });
      const sorted = rows
        .map((row, at) => ({ row, at }))
        .sort((a, b) => a.row[0] - b.row[0] || a.row[1] - b.row[1] || a.row[2] - b.row[2]);
      expect(Array.from(order ?? rows.keys())).toEqual(sorted.map(({ at }) => at));
    }),
  );
});

it("leaves sorted rows as they are", () => {
  const time = Float64Array.from([1, 1, 2]);
  expect(rowOrder({ time, shard: Float64Array.of(0, 0, 0), seq: Float64Array.of(1, 2, 3) })).toBeUndefined();
});
