import { RecentNames } from "../fields/recent-names.ts";
import { putFlag } from "../parse/put-time.ts";
import type { LogRecord } from "../record.ts";
import type { EnrichContext } from "./context.ts";
import { knownPath } from "./known-path.ts";
import { isSecretName } from "./redact/is-secret-name.ts";
import { redactSecretsInKnown } from "./redact/known-text.ts";
import { mapAttrs, mapValue } from "./redact/map-texts.ts";
import { REDACTED, redactSecretsInText } from "./redact/redact-secrets-in-text.ts";

/** Passwords, tokens and keys in addresses, headers, attributes and messages; on unless a service turns it off. */
export function redactSecrets(record: LogRecord, { settings }: EnrichContext): void {
  if (!settings.redact.secrets) return;
  const isFound = redactTexts(record);
  // The raw text of a cut record has more than its fields.
  if (record.raw !== undefined && (isFound || record.flags?.includes("cut"))) {
    const raw = redactSecretsInText(record.raw);
    if (raw !== record.raw || isFound) putFlag(record, "redacted");
    record.raw = raw;
  } else if (isFound) putFlag(record, "redacted");
}

/** Whether any of the texts that a sender chose freely has changed. */
function redactTexts(record: LogRecord): boolean {
  const { message, path, referrer, attrs } = record;
  if (message !== undefined) record.message = redactSecretsInText(message);
  if (path !== undefined) record.path = knownPath(path).redacted;
  if (referrer !== undefined) record.referrer = redactSecretsInKnown(referrer);
  if (attrs !== undefined) record.attrs = redactAttrs(attrs);
  return record.message !== message || record.path !== path || record.referrer !== referrer || record.attrs !== attrs;
}

/** The same object where it holds no secret, as nearly all do. */
function redactAttrs(attrs: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(attrs);
  if (holdSecrets.of(names)) return mapAttrs(attrs, redactText);
  for (let i = 0; i < names.length; i++) {
    const value = attrs[names[i]!];
    const isPlain = typeof value === "string" ? redactSecretsInText(value) === value : isUnchanged(value, names[i]!);
    if (!isPlain) return mapAttrs(attrs, redactText);
  }
  return attrs;
}

const holdSecrets = new RecentNames((names) => names.some(isSecretName));

const isUnchanged = (value: unknown, name: string): boolean =>
  typeof value !== "object" || value === null || mapValue(value, name, redactText) === value;

const redactText = (text: string, name: string): string => {
  if (name !== "" && text !== "" && text !== REDACTED && isSecretName(name)) return REDACTED;
  return redactSecretsInText(text);
};
