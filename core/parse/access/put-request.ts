import type { LogRecord } from "../../record.ts";

const SPACE = 32;
const SLASH = 47;

/** WebDAV's longest method has 16 letters. */
const MAX_METHOD_CHARS = 20;

/**
 * Puts a request line: `message` as it stands, and its parts where it has the shape of one (`GET /path HTTP/1.1`, or
 * `GET /path` of HTTP/0.9). A path may hold spaces: clients send them.
 */
export function putRequest(record: LogRecord, request: string): void {
  record.message = request;
  const methodEnd = endOfMethod(request);
  if (methodEnd === -1) return;
  const pathEnd = endOfPath(request);
  if (pathEnd > methodEnd) {
    if (pathEnd === methodEnd + 1 || !isProtocol(request, pathEnd + 1)) return;
    record.protocol = request.slice(pathEnd + 1);
    record.path = request.slice(methodEnd + 1, pathEnd);
  } else {
    if (!isTarget(request.charCodeAt(methodEnd + 1))) return;
    record.path = request.slice(methodEnd + 1);
  }
  record.method = request.slice(0, methodEnd);
}

/** Nearly every request ends with ` HTTP/1.1` or ` HTTP/2.0`. */
function endOfPath(request: string): number {
  const end = request.length - 9;
  return request.charCodeAt(end) === SPACE && request.charCodeAt(end + 5) === SLASH ? end : request.lastIndexOf(" ");
}

function endOfMethod(request: string): number {
  const limit = Math.min(request.length, MAX_METHOD_CHARS);
  for (let at = 0; at < limit; at++) {
    const code = request.charCodeAt(at);
    if (code === SPACE) return at > 0 ? at : -1;
    if (!((code >= 65 && code <= 90) || code === 45 || code === 95)) return -1;
  }
  return -1;
}

/** `HTTP/1.1`, and what scanners send to web servers: `RTSP/1.0`, `SIP/2.0`. */
function isProtocol(request: string, from: number): boolean {
  if (request.charCodeAt(from) === 72 && request.startsWith("HTTP/", from)) return true;
  return request.length - from <= 10 && /^[A-Z]+\/\d/.test(request.slice(from));
}

/** `/path`, `*`, or the `h` of `http://…`. */
const isTarget = (code: number): boolean => code === 47 || code === 42 || code === 104;
