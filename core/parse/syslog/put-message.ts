import type { LogRecord } from "../../record.ts";
import { levelOfText } from "../level-of-text.ts";
import { mergeInside } from "../merge-inside.ts";
import type { ParseContext, ParseInside } from "../parser.ts";

/** Servers that can send their access log over syslog, as they call themselves there. */
const WEB_SERVERS = new Set(["nginx", "apache", "apache2", "httpd", "lighttpd", "caddy", "traefik", "litespeed"]);

/** Common Event Expression: JSON after this cookie. Source: the CEE and lumberjack formats of rsyslog and syslog-ng. */
const CEE = "@cee:";

/**
 * Puts the message of a syslog line, and the fields of what it holds: JSON, CEF, a web server's access or error line.
 *
 * The message stays the text as sent, but for JSON that has a message of its own. The header's host and time stay too,
 * and its severity where the content tells no level.
 */
export function putSyslogMessage(record: LogRecord, text: string, context: ParseContext, inside: ParseInside): void {
  if (text === "") return;
  record.message = text;
  const content = text.startsWith(CEE) ? text.slice(CEE.length).trimStart() : text;
  const isJson = content.startsWith("{") && content.endsWith("}");
  const held = isJson || isOfServer(record, content) ? inside(content, context) : undefined;
  if (!held || held.parser === "text") {
    record.level ??= levelOfText(text);
    return;
  }
  mergeInside(record, held);
  if (!isJson) record.message = text;
}

const isOfServer = ({ app }: LogRecord, content: string): boolean =>
  content.startsWith("CEF:") || (app !== undefined && WEB_SERVERS.has(app));
