/** A place in a text from which digits and letters are taken one after the other. */
export class Cursor {
  readonly text: string;
  at: number;
  /** How many digits the last `number` took. */
  taken = 0;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  code(): number {
    return this.text.charCodeAt(this.at);
  }

  /** The number written here with at most `maxDigits` digits, -1 if there is none. */
  number(maxDigits: number): number {
    let value = 0;
    let taken = 0;
    for (; taken < maxDigits; taken++) {
      const digit = this.text.charCodeAt(this.at + taken) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    this.taken = taken;
    this.at += taken;
    return taken === 0 ? -1 : value;
  }

  /** Steps over one character if it is this one. */
  skip(code: number): boolean {
    if (this.code() !== code) return false;
    this.at++;
    return true;
  }

  skipSpaces(): void {
    while (this.code() === 32 || this.code() === 9) this.at++;
  }

  skipLetters(): void {
    while (isLetter(this.code())) this.at++;
  }
}

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

export const isWord = (code: number): boolean => isDigit(code) || isLetter(code) || code === 95;
