/**
 * The key of a request, wherever its sender is able to put it (docs/protocols.md lists who puts it where):
 * Bearer, Basic (password, else user name), `Splunk KEY`, `ApiKey KEY`, vendor headers, or `?key=` for sockets and
 * beacons, which cannot set headers.
 */
export function keyOf(request: Request): string | undefined {
  const header = request.headers.get("Authorization");
  if (header) return keyOfAuthorization(header);
  for (const name of ["DD-API-KEY", "X-Seq-ApiKey", "X-Api-Key", "X-Amz-Firehose-Access-Key"]) {
    const key = request.headers.get(name);
    if (key) return key;
  }
  const query = new URL(request.url).searchParams;
  return query.get("key") ?? query.get("dd-api-key") ?? undefined;
}

function keyOfAuthorization(header: string): string | undefined {
  const at = header.indexOf(" ");
  if (at < 0) return undefined;
  const scheme = header.slice(0, at).toLowerCase();
  const value = header.slice(at + 1).trim();
  if (scheme === "bearer" || scheme === "splunk" || scheme === "token") return value;
  if (scheme === "apikey") return basicPair(value)?.[1] ?? value;
  if (scheme !== "basic") return undefined;
  const [user, password] = basicPair(value) ?? [];
  return password || user;
}

/** `user:password` of base64 text; undefined where it is not such text. */
function basicPair(value: string): [string, string] | undefined {
  let text: string;
  try {
    text = atob(value);
  } catch {
    return undefined;
  }
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : [text.slice(0, colon), text.slice(colon + 1)];
}
