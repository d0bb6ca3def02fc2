import type { LogRecord } from "../../record.ts";
import { levelOfText } from "../level-of-text.ts";
import { mergeInside } from "../merge-inside.ts";
import type { ParseContext, ParseInside } from "../parser.ts";

/** Servers that can send their access log over syslog, as they call themselves there. */
const WEB_SERVERS = new Set(["nginx", "apache", "apache2", "httpd", "lighttpd", "caddy", "traefik", "litespeed"]);

/** Common Event Expression: JSON after this cookie. Source: the CEE and lumberjack formats of rsyslog and syslog-ng. */
const CEE = "@cee:";

const AT = 64;
const C = 67;
const OPEN = 123;

/**
 * Puts the message of a syslog line, and the fields of what it holds: JSON, CEF, a web server's access or error line.
 *
 * The message stays the text as sent, but for JSON that has a message of its own. The header's host and time stay too,
 * and its severity where the content tells no level.
 */
export function putSyslogMessage(record: LogRecord, text: string, context: ParseContext, inside: ParseInside): void {
  if (text === "") return;
  record.message = text;
  const content = mayHoldMore(record, text) ? contentOf(text) : undefined;
  const held = content === undefined ? undefined : inside(content, context);
  if (!held || held.parser === "text") {
    record.level ??= levelOfText(text);
    return;
  }
  mergeInside(record, held);
  if (!content!.startsWith("{")) record.message = text;
}

/** Whether a message may be more than its text; most are told by their first character. */
export function mayHoldMore({ app }: LogRecord, text: string): boolean {
  const first = text.charCodeAt(0);
  return first === OPEN || first === C || first === AT || (app !== undefined && WEB_SERVERS.has(app));
}

function contentOf(text: string): string | undefined {
  const content = text.startsWith(CEE) ? text.slice(CEE.length).trimStart() : text;
  const first = content.charCodeAt(0);
  if (first === OPEN) return content.endsWith("}") ? content : undefined;
  return first === AT || (first === C && !content.startsWith("CEF:")) ? undefined : content;
}
