import { pathOf } from "../fields/put-path.ts";
import { flatText } from "../flat-text.ts";
import { RecentCache } from "../recent-cache.ts";
import { redactSecretsInText } from "./redact/redact-secrets-in-text.ts";
import { templateOf } from "./template-of.ts";

/** What is found out of a path once, because it comes again and again. */
interface KnownPath {
  /** As it is remembered (see `RecentCache`). */
  path: string;
  /** undefined for what is no path. */
  template: string | undefined;
  /** The path itself where it holds no secret. */
  redacted: string;
}

/** A site has some thousands of paths; with all their queries they are more. */
const REMEMBERED = 8_192;
/** Longer ones rarely come again. */
const MAX_REMEMBERED_CHARS = 256;
const SLASH = 47;

const paths = new RecentCache<KnownPath>(REMEMBERED);
/** One text for each template, whatever paths it is of. */
const templates = new RecentCache<{ text: string }>(REMEMBERED);

// A record's path is asked for by one step after the other.
let last: KnownPath = { path: "", template: undefined, redacted: "" };

export function knownPath(path: string): KnownPath {
  if (path.length > MAX_REMEMBERED_CHARS) return readPath(path);
  if (path !== last.path) last = lookUp(path);
  return last;
}

function lookUp(path: string): KnownPath {
  const known = paths.get(path);
  if (known !== undefined) return known;
  const read = readPath(path);
  read.path = paths.set(path, read);
  // The very same text, so that comparing them is over at once.
  read.redacted = read.redacted === path ? read.path : flatText(read.redacted);
  if (read.template === path) read.template = read.path;
  else if (read.template !== undefined) read.template = knownTemplate(read.template);
  return read;
}

function readPath(path: string): KnownPath {
  const whole = path.charCodeAt(0) === SLASH ? path : pathOf(path);
  return { path, template: whole === undefined ? undefined : templateOf(whole), redacted: redactSecretsInText(path) };
}

function knownTemplate(template: string): string {
  const known = templates.get(template);
  if (known !== undefined) return known.text;
  const met = { text: template };
  met.text = templates.set(template, met);
  return met.text;
}
