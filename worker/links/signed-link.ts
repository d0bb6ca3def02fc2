/** What a link allows: one question to GET /api/export, until it ends. */
export interface Link {
  /** The query string of the export. */
  query: string;
  expiresMs: number;
  /** The key that made it: the link ends with it. Absent for the admin token and people. */
  keyId?: string;
}

const encoder = new TextEncoder();
const ALGORITHM = { name: "HMAC", hash: "SHA-256" };

/**
 * A link as the part of an address that says and proves what it allows: nothing is stored. It ends with its time, with the key that made it,
 * and, like every session, with the admin token.
 */
export async function signLink(adminToken: string, link: Link): Promise<string> {
  const text = toBase64Url(encoder.encode(JSON.stringify([link.query, link.expiresMs, link.keyId ?? null])));
  const signature = await crypto.subtle.sign(ALGORITHM, await secretOf(adminToken), encoder.encode(text));
  return `${text}.${toBase64Url(new Uint8Array(signature))}`;
}

/** The link that a token proves; undefined for any other text. Whether it has ended is for the caller to see. */
export async function readLink(adminToken: string, token: string): Promise<Link | undefined> {
  const [text = "", signature = ""] = token.split(".", 2);
  const bytes = fromBase64Url(signature);
  if (!bytes) return undefined;
  const isOurs = await crypto.subtle.verify(ALGORITHM, await secretOf(adminToken), bytes, encoder.encode(text));
  if (!isOurs) return undefined;
  const [query, expiresMs, keyId] = JSON.parse(new TextDecoder().decode(fromBase64Url(text))) as [
    string,
    number,
    string | null,
  ];
  return { query, expiresMs, ...(keyId === null ? {} : { keyId }) };
}

/** Apart from every other use of the token. */
const secretOf = (adminToken: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", encoder.encode(`link:${adminToken}`), ALGORITHM, false, ["sign", "verify"]);

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
