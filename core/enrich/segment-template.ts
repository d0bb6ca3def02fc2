const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^(?:19|20)\d\d-(?:0\d|1[0-2])(?:-[0-3]\d)?(?:T[0-9:.Z+-]*)?$/;
/** Numbers, lists of numbers, coordinates; a version (`1.2.3`, `v2`) is a name and stays. */
const NUMBERS = /^-?\d+(?:[,_-]-?\d+)*$|^-?\d+\.\d+,-?\d+\.\d+$/;
const HEX = /^[0-9a-f]+$/i;
/** ULIDs, KSUIDs, base64url ids. */
const TOKEN = /^[0-9a-z_-]+$/i;
const ENDING = /^[a-z][a-z0-9]{0,4}$/i;

/** As long as the shortest hash that is written out: 12 digits of a Docker id or a commit. */
const MIN_HEX = 12;
/** 8 digits of a hash count between the dots of a file's name: `main.4f3a2b1c.js`. */
const MIN_HEX_IN_FILE = 8;
const MIN_TOKEN = 20;

/** What a variable segment of a path stands for (`:id`, `:uuid`, `:hash`, `:date`, `:email`), else the segment itself. */
export function segmentTemplate(segment: string): string {
  if (segment === "") return segment;
  const name = nameOf(segment);
  if (name !== undefined) return name;
  return segment.includes(".") ? fileTemplate(segment) : segment;
}

function nameOf(text: string): string | undefined {
  if (!/\d/.test(text)) return isEmail(text) ? ":email" : undefined;
  if (DATE.test(text)) return ":date";
  if (NUMBERS.test(text)) return ":id";
  if (UUID.test(text)) return ":uuid";
  if (isHash(text, MIN_HEX)) return ":hash";
  if (text.length >= MIN_TOKEN && TOKEN.test(text) && isRandom(text)) return ":hash";
  return isEmail(text) ? ":email" : undefined;
}

/** `123.html` → `:id.html`, `main.4f3a2b1c.js` → `main.:hash.js`. */
function fileTemplate(segment: string): string {
  const parts = segment.split(".");
  const ending = parts.at(-1)!;
  if (!ENDING.test(ending)) return segment;
  parts[0] = nameOf(parts[0]!) ?? parts[0]!;
  for (let i = 1; i < parts.length - 1; i++) if (isHash(parts[i]!, MIN_HEX_IN_FILE)) parts[i] = ":hash";
  return parts.join(".");
}

const isHash = (text: string, minLength: number): boolean =>
  text.length >= minLength && HEX.test(text) && /[a-f]/i.test(text) && /\d/.test(text);

const isEmail = (text: string): boolean => {
  const at = text.indexOf("@");
  return at > 0 && text.indexOf(".", at + 2) > 0;
};

/** Words joined by dashes (`how-to-do-2-things-at-once`) are titles; ids mix letters and digits within a part. */
function isRandom(text: string): boolean {
  let mixed = 0;
  for (const part of text.split(/[_-]/))
    if (part.length >= 8 && /\d/.test(part) && /[a-z]/i.test(part)) mixed += part.length;
  return mixed * 2 > text.length;
}
