import { describe, expect, it } from "vitest";
import type { RecordJson } from "../../../../core/record-json.ts";
import { contextOf } from "../../../../dashboard/pages/explore/ask-context.ts";
import { quoted } from "../../../../dashboard/pages/explore/curl.ts";

const record = (seq: number, ms: number): RecordJson => ({
  ...{ service: "web", shard: 0, seq, time: new Date(ms).toISOString() },
  ...{ parser: "text", source: "database" },
});

describe("contextOf", () => {
  const around = [5, 3, 1, 4, 2].map((seq) => record(seq, 1_000 + seq * 10));

  it("puts records in order and takes as many before as after", () => {
    expect(contextOf(record(3, 1_030), around, 1).map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });
  it("takes what there is at the beginning and at the end", () => {
    expect(contextOf(record(1, 1_010), around, 2).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(contextOf(record(5, 1_050), around, 2).map(({ seq }) => seq)).toEqual([3, 4, 5]);
  });
  it("keeps records of one moment in the order of their seq, each once", () => {
    const same = [9, 8, 7, 8].map((seq) => record(seq, 2_000));
    expect(contextOf(record(8, 2_000), same, 5).map(({ seq }) => seq)).toEqual([7, 8, 9]);
  });
});

it("quotes any text for a shell", () => {
  expect(quoted(`it's "$HOME"`)).toBe(`'it'\\''s "$HOME"'`);
});
