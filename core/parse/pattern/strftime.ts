import { type FieldPart, literal, type Part } from "./part.ts";

/** Widths of the numbers that strftime writes; 0 is up to the next delimiter. */
const WIDTHS: Record<string, number> = {
  Y: 4,
  m: 2,
  d: 2,
  e: 2,
  H: 2,
  I: 2,
  M: 2,
  S: 2,
  y: 2,
  j: 3,
  b: 3,
  h: 3,
  z: 5,
  p: 2,
  k: 2,
  l: 2,
  a: 3,
  s: 0,
  Z: 0,
  B: 0,
  A: 0,
  f: 0,
};

const SHORT: Record<string, string> = {
  T: "%H:%M:%S",
  R: "%H:%M",
  F: "%Y-%m-%d",
  D: "%m/%d/%y",
  c: "%a %b %e %H:%M:%S %Y",
  r: "%I:%M:%S %p",
  n: "\n",
  t: "\t",
  "%": "%%",
};

/** Parts of Apache's own among strftime's: fractions and epochs. */
const OF_APACHE: Record<string, [piece: string, width: number]> = {
  sec: ["s", 0],
  msec: ["ms", 0],
  usec: ["us", 0],
  msec_frac: ["msec_frac", 3],
  usec_frac: ["usec_frac", 6],
};

/** The parts of a strftime format; undefined where it holds a conversion that no log is written with. */
export function partsOfStrftime(format: string, column: number): Part[] | undefined {
  const own = OF_APACHE[format];
  if (own) return [piece(own[0], own[1], column)];
  const parts: Part[] = [];
  const expanded = format.replace(/%([TRFDcrnt])/g, (_all, letter: string) => SHORT[letter]!);
  for (let at = 0; at < expanded.length; at++) {
    if (expanded[at] !== "%") {
      parts.push(literal(expanded[at]!));
      continue;
    }
    at += expanded[at + 1] === "-" || expanded[at + 1] === "E" || expanded[at + 1] === "O" ? 2 : 1;
    const letter = expanded[at];
    if (letter === "%") parts.push(literal("%"));
    else if (letter === undefined || WIDTHS[letter] === undefined) return undefined;
    else parts.push(piece(letter, WIDTHS[letter], column));
  }
  return parts;
}

const piece = (name: string, width: number, column: number): FieldPart => ({
  kind: "field",
  target: "clock",
  name,
  column,
  ...(width > 0 ? { width } : {}),
});
