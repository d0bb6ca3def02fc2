/** A program writes few kinds of records. */
const SLOTS = 256;
/** Payload dumps differ in their names. */
const MAX_NAMES = 64;

/** Remembers what was found out of some names in their order: records of one kind have the same ones. */
export class RecentNames<Value> {
  readonly #names: (readonly string[] | undefined)[] = new Array(SLOTS).fill(undefined);
  readonly #values: (Value | undefined)[] = new Array(SLOTS).fill(undefined);
  readonly #find: (names: readonly string[]) => Value;

  constructor(find: (names: readonly string[]) => Value) {
    this.#find = find;
  }

  of(names: readonly string[]): Value {
    const { length } = names;
    if (length === 0 || length > MAX_NAMES) return this.#find(names);
    const middle = names[length >> 1]!;
    const slot = (length * 31 + names[0]!.length * 7 + middle.length * 3 + names[length - 1]!.length) % SLOTS;
    const known = this.#names[slot];
    if (known !== undefined && isSame(known, names)) return this.#values[slot]!;
    const value = this.#find(names);
    this.#names[slot] = names;
    this.#values[slot] = value;
    return value;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
