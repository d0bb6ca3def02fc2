const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^(?:19|20)\d\d-(?:0\d|1[0-2])(?:-[0-3]\d)?(?:T[0-9:.Z+-]*)?$/;
/** Numbers, lists of numbers, coordinates; a version (`1.2.3`, `v2`) is a name and stays. */
const NUMBERS = /^-?\d+(?:[,_-]-?\d+)*$|^-?\d+\.\d+,-?\d+\.\d+$/;
const ENDING = /^[a-z][a-z0-9]{0,4}$/i;

/** As long as the shortest hash that is written out: 12 digits of a Docker id or a commit. */
const MIN_HEX = 12;
/** 8 digits of a hash count between the dots of a file's name: `main.4f3a2b1c.js`. */
const MIN_HEX_IN_FILE = 8;
/** ULIDs, KSUIDs, base64url ids. */
const MIN_TOKEN = 20;

/** How many characters of each kind a segment has: what it can be is decided by these alone, before any closer look. */
interface Census {
  digits: number;
  /** a-f */
  hexLetters: number;
  otherLetters: number;
  /** `-` and `_` */
  dashes: number;
  dots: number;
  at: number;
}

/** What a variable segment of a path stands for (`:id`, `:uuid`, `:hash`, `:date`, `:email`), else the segment itself. */
export function segmentTemplate(segment: string): string {
  const census = censusOf(segment);
  const name = nameOf(segment, census);
  if (name !== undefined) return name;
  return census.dots > 0 && census.digits > 0 ? fileTemplate(segment) : segment;
}

function censusOf(text: string): Census {
  const census: Census = { digits: 0, hexLetters: 0, otherLetters: 0, dashes: 0, dots: 0, at: 0 };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const letter = code | 32;
    if (code >= 48 && code <= 57) census.digits++;
    else if (letter >= 97 && letter <= 102) census.hexLetters++;
    else if (letter >= 103 && letter <= 122) census.otherLetters++;
    else if (code === 45 || code === 95) census.dashes++;
    else if (code === 46) census.dots++;
    else if (code === 64) census.at++;
  }
  return census;
}

function nameOf(text: string, census: Census): string | undefined {
  const { digits, otherLetters } = census;
  if (census.at > 0 && isEmail(text)) return ":email";
  if (digits === 0) return undefined;
  if (digits === text.length) return ":id";
  if (otherLetters <= 2 && DATE.test(text)) return ":date";
  if (otherLetters === 0 && census.hexLetters === 0 && NUMBERS.test(text)) return ":id";
  if (text.length === 36 && census.dashes === 4 && UUID.test(text)) return ":uuid";
  if (isHash(text, census, MIN_HEX)) return ":hash";
  return text.length >= MIN_TOKEN && isToken(text, census) ? ":hash" : undefined;
}

/** `123.html` → `:id.html`, `main.4f3a2b1c.js` → `main.:hash.js`. */
function fileTemplate(segment: string): string {
  const parts = segment.split(".");
  if (!ENDING.test(parts.at(-1)!)) return segment;
  parts[0] = nameOf(parts[0]!, censusOf(parts[0]!)) ?? parts[0]!;
  for (let i = 1; i < parts.length - 1; i++)
    if (isHash(parts[i]!, censusOf(parts[i]!), MIN_HEX_IN_FILE)) parts[i] = ":hash";
  return parts.join(".");
}

const isHash = (text: string, { digits, hexLetters }: Census, minLength: number): boolean =>
  text.length >= minLength && digits > 0 && hexLetters > 0 && digits + hexLetters === text.length;

const isEmail = (text: string): boolean => {
  const at = text.indexOf("@");
  return at > 0 && text.indexOf(".", at + 2) > 0;
};

/** Words joined by dashes (`how-to-do-2-things-at-once`) are titles; ids mix letters and digits within a part. */
function isToken(text: string, { digits, hexLetters, otherLetters, dashes }: Census): boolean {
  if (digits < 3 || digits + hexLetters + otherLetters + dashes !== text.length) return false;
  let mixed = 0;
  for (const part of text.split(/[_-]/)) {
    if (part.length >= 8 && /\d/.test(part) && /[a-z]/i.test(part)) mixed += part.length;
  }
  return mixed * 2 > text.length;
}
