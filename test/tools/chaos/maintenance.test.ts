import { describe, expect, it } from "vitest";
import { type Answers, differences, differencesWhileRemoving } from "../../../tools/chaos/maintenance/answers.ts";
import { PERSON, visitLines } from "../../../tools/chaos/maintenance/visit-lines.ts";

const END_MS = Date.parse("2026-11-22T10:00:00Z");

const answers = (names: string[], figures: [string, string][] = []): Answers => ({
  records: new Map(names.map((name) => [name, `{"message":"${name.replace(" again", "")}"}`])),
  figures: new Map(figures),
  count: names.length,
});

describe("visitLines", () => {
  it("is the same for the same seed, and of whole days before", () => {
    const { fromMs, days, lines } = visitLines(7, 500, END_MS);
    expect(visitLines(7, 500, END_MS)).toEqual({ fromMs, days, lines });
    expect(visitLines(8, 500, END_MS).lines).not.toEqual(lines);
    expect(new Date(fromMs + days * 86_400_000).toISOString()).toBe("2026-11-22T00:00:00.000Z");
    expect(lines.filter((line) => !/\[2[01]\/Nov\/2026:/.test(line))).toEqual([]);
  });

  it("has somebody to forget among others", () => {
    const { lines } = visitLines(7, 500, END_MS);
    const persons = lines.filter((line) => line.startsWith(`${PERSON} `)).length;
    expect(persons).toBeGreaterThan(0);
    expect(persons).toBeLessThan(50);
  });
});

describe("differences", () => {
  const whole = answers(["0/1", "0/2"], [["stats", "2"]]);

  it("are none between equal answers", () => {
    expect(differences(answers(["0/1", "0/2"], [["stats", "2"]]), whole)).toEqual([]);
  });

  it.each([
    ["a record lost", answers(["0/1"], [["stats", "2"]]), "1 records lost (0/2)"],
    ["a record told twice", answers(["0/1", "0/2", "0/2 again"], [["stats", "2"]]), "1 records too many (0/2 again)"],
    ["a figure changed", answers(["0/1", "0/2"], [["stats", "3"]]), "1 answers changed (stats)"],
  ])("tell of %s", (_what, is, words) => {
    expect(differences(is, whole)).toEqual([words]);
  });

  it("tell of a record changed", () => {
    const changed = { ...whole, records: new Map([...whole.records, ["0/2", "{}"]]) };
    expect(differences(changed, whole)).toEqual(["1 records changed (0/2)"]);
  });

  it("let a removal that was cut have removed what it is there to remove, and nothing else", () => {
    const after = answers(["0/2"]);
    expect(differencesWhileRemoving(answers(["0/2"]), whole, after)).toEqual([]);
    expect(differencesWhileRemoving(answers(["0/1", "0/2"]), whole, after)).toEqual([]);
    expect(differencesWhileRemoving(answers(["0/1"]), whole, after)).toEqual(["record 0/2 lost or changed"]);
    expect(differencesWhileRemoving(answers(["0/2", "0/3"]), whole, after)).toEqual(["record 0/3 came from nowhere"]);
  });
});
