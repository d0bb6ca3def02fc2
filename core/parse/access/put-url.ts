import type { LogRecord } from "../../record.ts";

/**
 * Takes a path that is a whole URL apart: `https://www.example.com:443/a` is the path `/a` of the host `www.example.com`.
 * The message keeps the request as given.
 */
export function putUrl(record: LogRecord): void {
  const { path } = record;
  const scheme = path?.indexOf("://") ?? -1;
  if (path === undefined || scheme < 2 || scheme > 5) return;
  const pathAt = path.indexOf("/", scheme + 3);
  const authority = path.slice(scheme + 3, pathAt === -1 ? path.length : pathAt);
  const port = authority.lastIndexOf(":");
  const host = port > 0 && authority.indexOf(":") === port ? authority.slice(0, port) : authority;
  if (host !== "" && host !== "-") record.host ??= host;
  record.path = pathAt === -1 ? "/" : path.slice(pathAt);
}
