import { putFlag } from "../parse/put-time.ts";
import type { LogRecord } from "../record.ts";
import type { EnrichContext } from "./context.ts";
import { mapTexts } from "./redact/map-texts.ts";
import { redactCards } from "./redact/redact-cards.ts";
import { redactEmails } from "./redact/redact-emails.ts";
import { truncatedIp } from "./redact/truncated-ip.ts";

/** Card numbers, e-mail addresses and the last part of addresses, where a service chooses so. */
export function redactPersonal(record: LogRecord, { settings }: EnrichContext): void {
  const { cards, emails, ips } = settings.redact;
  if (!cards && !emails && !ips) return;
  const ip = ips ? record.ip : undefined;
  const short = ip === undefined ? undefined : truncatedIp(ip);
  const rewrite = (text: string): string => {
    let plain = cards ? redactCards(text) : text;
    if (emails) plain = redactEmails(plain);
    return short === undefined ? plain : plain.replaceAll(ip!, short);
  };
  let isFound = mapTexts(record, rewrite);
  if (record.raw !== undefined) {
    const raw = rewrite(record.raw);
    isFound ||= raw !== record.raw;
    record.raw = raw;
  }
  if (record.user !== undefined) {
    const user = rewrite(record.user);
    isFound ||= user !== record.user;
    record.user = user;
  }
  if (short !== undefined && short !== ip) {
    record.ip = short;
    isFound = true;
  }
  if (isFound) putFlag(record, "redacted");
}
