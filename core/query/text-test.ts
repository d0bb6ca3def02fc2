import type { Pattern } from "./filter.ts";

type TextTest = (text: string) => boolean;

/**
 * Source of a regular expression for a piece of text whose ASCII letters match in both cases. Not the flag `i`: that one
 * folds all of Unicode, and the database folds ASCII only. Fixed in length, so that it cannot backtrack.
 */
const sourceOf = (piece: string): string =>
  piece.replace(/[A-Za-z]|[\\^$.*+?()[\]{}|/-]/g, (char) =>
    /[A-Za-z]/.test(char) ? `[${char.toLowerCase()}${char.toUpperCase()}]` : `\\${char}`,
  );

/** Whether the pattern stands somewhere in a text. */
export function containsTest(pattern: Pattern): TextTest {
  if (pattern.length === 1) {
    const found = new RegExp(sourceOf(pattern[0]!));
    return (text) => found.test(text);
  }
  const pieces = pattern.map((piece) => new RegExp(sourceOf(piece), "g"));
  return (text) => endOf(pieces, text, 0) >= 0;
}

/** Whether a text is the pattern from its start to its end. */
export function equalsTest(pattern: Pattern): TextTest {
  if (pattern.length === 1) {
    const whole = new RegExp(`^${sourceOf(pattern[0]!)}$`);
    return (text) => whole.test(text);
  }
  const [head, tail] = [pattern[0]!, pattern[pattern.length - 1]!];
  const starts = new RegExp(sourceOf(head), "y");
  const ends = new RegExp(sourceOf(tail), "y");
  const between = pattern.slice(1, -1).map((piece) => new RegExp(sourceOf(piece), "g"));
  return (text) => {
    if (text.length < head.length + tail.length || !matchesAt(starts, text, 0)) return false;
    const end = endOf(between, text, head.length);
    const tailAt = text.length - tail.length;
    return end >= 0 && end <= tailAt && matchesAt(ends, text, tailAt);
  };
}

function matchesAt(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}

/** Where the last of the pieces ends when each is found as early as possible; -1 if one is not. */
function endOf(pieces: readonly RegExp[], text: string, from: number): number {
  let end = from;
  for (const piece of pieces) {
    piece.lastIndex = end;
    if (!piece.test(text)) {
      piece.lastIndex = 0;
      return -1;
    }
    end = piece.lastIndex;
  }
  return end;
}
