import type { LogRecord } from "../record.ts";

const SLASH = 47;

/** `https://shop.example/items?x=1` → `/items?x=1`; the host is the sender's, and stays in the attribute that held the address. */
export function putPath(record: LogRecord, text: string): boolean {
  const path = pathOf(text);
  if (path !== undefined) record.path = path;
  return path !== undefined;
}

/** A path of the web; other words (`./config.json`, `C:\x`) are none. */
export function pathOf(text: string): string | undefined {
  if (text.charCodeAt(0) === SLASH || text === "*") return text;
  const scheme = text.indexOf("://");
  if (scheme < 2 || scheme > 5) return undefined;
  const end = text.slice(scheme + 3).search(/[/?#]/);
  if (end < 0) return "/";
  const rest = text.slice(scheme + 3 + end);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

export function putQuery(record: LogRecord, text: string): boolean {
  if (record.path === undefined || record.path.includes("?")) return false;
  record.path += text.startsWith("?") ? text : `?${text}`;
  return true;
}

/** `GET /items?x=1 HTTP/1.1`, where a shipper has it in one field. */
export function putRequestLine(record: LogRecord, text: string): boolean {
  const first = text.indexOf(" ");
  const last = text.lastIndexOf(" ");
  if (first < 2 || last === first || !text.startsWith("HTTP/", last + 1)) return false;
  record.method ??= text.slice(0, first);
  record.path ??= text.slice(first + 1, last);
  record.protocol ??= text.slice(last + 1);
  record.message ??= text;
  return true;
}
