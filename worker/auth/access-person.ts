import type { Context } from "hono";
import { decode, verifyWithJwks } from "hono/jwt";
import { logWarning } from "../../durable-objects/log.ts";
import type { AppEnv, Env } from "../env.ts";
import { ApiError } from "../errors.ts";
import { accessKeys } from "./access-keys.ts";
import type { Principal } from "./principal.ts";

const HEADER = "Cf-Access-Jwt-Assertion";

/**
 * Who Cloudflare Access says is asking; undefined where Access is not set up or did not see the request. The header alone proves
 * nothing: the Worker may be reached past Access, so signature, issuer, audience and times are checked.
 *
 * @throws ApiError unauthorized for a token that does not hold
 */
export async function accessPersonOf(c: Context<AppEnv>): Promise<Principal | undefined> {
  const { ACCESS_TEAM_DOMAIN: team, ACCESS_AUD: audience } = c.env;
  const token = c.req.header(HEADER);
  if (!team || !audience || token === undefined) return undefined;
  const name = await nameOf(token, issuerOf(team), audience);
  return { kind: "access", scope: isAdmin(c.env, name) ? "admin" : "read", name, services: [], origins: [] };
}

async function nameOf(token: string, iss: string, aud: string): Promise<string> {
  try {
    const keys = await accessKeys(iss, String(decode(token).header.kid), Date.now());
    const claims = await verifyWithJwks(token, { keys, allowedAlgorithms: ["RS256"], verification: { iss, aud } });
    // A token without an end would hold for ever; service tokens have a name and no address.
    const name = claims.email ?? claims.common_name;
    if (typeof claims.exp !== "number" || typeof name !== "string" || name === "")
      throw new Error("claims are missing");
    return name;
  } catch (error) {
    // Only the kind of error: the library's messages repeat the token.
    logWarning("access_token_refused", { reason: (error as Error).name });
    throw new ApiError("unauthorized", "the Cloudflare Access token is not valid");
  }
}

/** `team`, `team.cloudflareaccess.com` and `https://team.cloudflareaccess.com` are the same team. */
function issuerOf(team: string): string {
  const host = team.replace(/^https:\/\//, "").replace(/\/+$/, "");
  return `https://${host.includes(".") ? host : `${host}.cloudflareaccess.com`}`;
}

/** ACCESS_ADMINS lists addresses and `*@domain`; whoever is not in it reads. */
function isAdmin({ ACCESS_ADMINS = "" }: Env, name: string): boolean {
  const given = name.toLowerCase();
  return ACCESS_ADMINS.toLowerCase()
    .split(",")
    .map((admin) => admin.trim())
    .some((admin) => (admin.startsWith("*@") ? given.endsWith(admin.slice(1)) : admin !== "" && admin === given));
}
