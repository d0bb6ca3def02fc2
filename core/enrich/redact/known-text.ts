import { flatText } from "../../flat-text.ts";
import { RecentCache } from "../../recent-cache.ts";
import { redactSecretsInText } from "./redact-secrets-in-text.ts";

/** Referrers that come again and again. */
const REMEMBERED = 8_192;
/** Longer ones rarely do. */
const MAX_REMEMBERED_CHARS = 256;

/** What a text becomes. */
interface Known {
  redacted: string;
}

const remembered = new RecentCache<Known>(REMEMBERED);

/** As `redactSecretsInText`, for texts that are often equal: they are looked into once. */
export function redactSecretsInKnown(text: string): string {
  if (text.length > MAX_REMEMBERED_CHARS) return redactSecretsInText(text);
  const known = remembered.get(text);
  if (known !== undefined) return known.redacted;
  const redacted = redactSecretsInText(text);
  const met = { redacted: flatText(redacted) };
  const own = remembered.set(text, met);
  if (redacted === text) met.redacted = own;
  return met.redacted;
}
