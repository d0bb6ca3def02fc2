import { describe, expect, it } from "vitest";
import { parseSince, sinceOf, sinceText } from "../../../core/live/since.ts";

describe("parseSince", () => {
  it("reads what sinceText wrote", () => {
    const seqs = new Map([
      [1, 40],
      [0, 12],
    ]);
    expect(sinceText(seqs)).toBe("0:12,1:40");
    expect(parseSince("0:12,1:40")).toEqual({ seqs: new Map([...seqs].reverse()), isWhole: true });
  });

  it("means shard 0 alone by a plain number", () => {
    const since = parseSince("12")!;
    expect(sinceOf(since, 0)).toBe(12);
    expect(sinceOf(since, 1)).toBeUndefined();
  });

  it("means a shard that is not named from its beginning", () => {
    expect(sinceOf(parseSince("0:12")!, 3)).toBe(0);
  });

  it.each(["", "x", "-1", "0:", "0:1,", "0:1;1:2", "100:1", "0:1e3", Array(65).fill("0:1").join(",")])(
    "refuses %j",
    (text) => {
      expect(parseSince(text)).toBeUndefined();
    },
  );
});
