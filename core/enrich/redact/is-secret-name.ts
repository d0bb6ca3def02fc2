import { RecentCache } from "../../recent-cache.ts";

/** A name that holds one of these holds a secret: `db_password`, `X-Api-Key`, `clientSecret`. */
const PARTS =
  /passw(?:or)?d|passwd|passphrase|secret|apikey|accesskey|privatekey|authorization|credential|setcookie|xamzsignature/;
/** A name that ends so: `access_token`, but not `token_count` or `max_tokens`. */
const ENDS = /(?:token|pwd|cookie)$/;
const WHOLE = new Set(["pass", "auth", "jwt", "bearer", "signature", "sig", "sid", "otp", "pin", "ssn", "cvv", "cvc"]);
const MAX_NAME = 64;

const remembered = new RecentCache<boolean>(4_000);

/** Whether what stands under a name is a password, token or key, in any spelling of the name. */
export function isSecretName(name: string): boolean {
  if (name.length > MAX_NAME || name.length < 3) return false;
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const plain = name.toLowerCase().replace(/[^a-z]/g, "");
  const isSecret = WHOLE.has(plain) || PARTS.test(plain) || ENDS.test(plain);
  remembered.set(name, isSecret);
  return isSecret;
}
