import type { IngestRequest, RequestHead } from "../../core/ingest/protocol.ts";

/** A platform request as protocols see it, without its body. */
export function headOf(request: Request, mount: string, nowMs: number): RequestHead {
  const { pathname, searchParams } = new URL(request.url);
  return {
    method: request.method,
    path: decodedPath(pathname.slice(mount.length)),
    query: (name) => searchParams.get(name) ?? undefined,
    header: (name) => request.headers.get(name) ?? undefined,
    nowMs,
  };
}

export const withBody = (head: RequestHead, body: Uint8Array): IngestRequest => ({ ...head, body });

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
