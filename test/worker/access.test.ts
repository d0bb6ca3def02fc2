import { sign } from "hono/jwt";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { app } from "../../worker/app.ts";
import { bindings, TOKEN } from "./ask.ts";

const TEAM = "https://weir.cloudflareaccess.com";
const AUDIENCE = "a1b2c3";
const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
};

interface Pair {
  kid: string;
  privateKey: CryptoKey;
  jwk: JsonWebKey & { kid: string };
}

async function pair(kid: string): Promise<Pair> {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey(RSA, true, ["sign", "verify"])) as CryptoKeyPair;
  const jwk = (await crypto.subtle.exportKey("jwk", publicKey)) as JsonWebKey;
  return { kid, privateKey, jwk: { ...jwk, kid, alg: "RS256" } };
}

const claims = (more: object = {}): Record<string, unknown> => ({
  iss: TEAM,
  aud: [AUDIENCE],
  email: "ann@example.com",
  iat: Math.floor(Date.now() / 1_000) - 10,
  exp: Math.floor(Date.now() / 1_000) + 600,
  ...more,
});

/** hono's `sign` takes the id from a JWK alone. */
async function tokenOf({ kid, privateKey }: Pair, payload: object): Promise<string> {
  const jwk = (await crypto.subtle.exportKey("jwk", privateKey)) as JsonWebKey;
  return sign(payload as never, { ...jwk, kid, alg: "RS256" } as never, "RS256");
}

let current: Pair;
let stranger: Pair;
let next: Pair;
let published: Pair[];
/** Which team's keys are known is remembered per isolate: each test has a team of its own. */
let team = 0;
let issuer: string;
const asked = vi.fn();

beforeAll(async () => {
  [current, stranger, next] = [await pair("now"), await pair("now"), await pair("next")];
});
beforeEach(() => {
  issuer = TEAM.replace("weir", `weir${++team}`);
  published = [current];
  asked.mockClear();
  vi.spyOn(globalThis, "fetch").mockImplementation(async (address) => {
    asked(String(address));
    return Response.json({ keys: published.map(({ jwk }) => jwk) });
  });
});
afterEach(() => vi.restoreAllMocks());

const env = () => ({
  ...bindings,
  ACCESS_TEAM_DOMAIN: issuer,
  ACCESS_AUD: AUDIENCE,
  ACCESS_ADMINS: "root@example.com, *@ops.example.com",
});
const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} } as unknown as ExecutionContext;
const request = async (
  token: string | undefined,
  init: RequestInit = {},
  path = "/api/services",
  given: object = env(),
) =>
  app.fetch(
    new Request(`http://weir.test${path}`, {
      ...init,
      headers: {
        ...(token === undefined ? {} : { "Cf-Access-Jwt-Assertion": token }),
        "Content-Type": "application/json",
        ...init.headers,
      },
    }),
    given as never,
    context,
  );
const put = { method: "PUT", body: "{}", headers: { Origin: "http://weir.test" } };

describe("a token of Cloudflare Access", () => {
  it("lets a person of the team read", async () => {
    const token = await tokenOf(current, claims({ iss: issuer }));
    expect((await request(token)).status).toBe(200);
    expect((await request(token, put, "/api/services/web")).status).toBe(403);
    expect(await (await request(token, {}, "/api/session")).json()).toEqual({
      kind: "access",
      scope: "read",
      name: "ann@example.com",
    });
  });

  it.each(["root@example.com", "Bob@ops.example.com"])("lets %s change things", async (email) => {
    const token = await tokenOf(current, claims({ iss: issuer, email }));
    expect((await request(token, put, "/api/services/web")).status).toBe(200);
  });

  it("does not let another site use it: it travels with every request", async () => {
    const token = await tokenOf(current, claims({ iss: issuer, email: "root@example.com" }));
    const headers = { Origin: "https://evil.test" };
    expect((await request(token, { ...put, headers }, "/api/services/web")).status).toBe(403);
  });

  it.each<[string, () => Promise<string>]>([
    ["of another team", () => tokenOf(current, claims({ iss: "https://other.cloudflareaccess.com" }))],
    ["for another application", () => tokenOf(current, claims({ iss: issuer, aud: ["other"] }))],
    ["without an audience", () => tokenOf(current, claims({ iss: issuer, aud: undefined }))],
    ["that has ended", () => tokenOf(current, claims({ iss: issuer, exp: Math.floor(Date.now() / 1_000) - 1 }))],
    ["without an end", () => tokenOf(current, claims({ iss: issuer, exp: undefined }))],
    ["of a time to come", () => tokenOf(current, claims({ iss: issuer, nbf: Math.floor(Date.now() / 1_000) + 60 }))],
    ["of nobody", () => tokenOf(current, claims({ iss: issuer, email: undefined }))],
    ["signed by a stranger under our key's id", () => tokenOf(stranger, claims({ iss: issuer }))],
    ["signed by an unknown key", () => tokenOf(next, claims({ iss: issuer }))],
    ["with no signature", async () => (await tokenOf(current, claims({ iss: issuer }))).replace(/\.[^.]*$/, ".")],
    [
      "with algorithm none",
      async () => `${btoa('{"alg":"none","typ":"JWT","kid":"now"}')}.${btoa(JSON.stringify(claims({ iss: issuer })))}.`,
    ],
    [
      "signed with our public key as a shared secret",
      async () => {
        const token = await sign(claims({ iss: issuer }) as never, JSON.stringify(current.jwk), "HS256");
        const header = btoa('{"alg":"HS256","typ":"JWT","kid":"now"}').replaceAll("=", "");
        return `${header}.${token.split(".").slice(1).join(".")}`;
      },
    ],
    ["that is no token", async () => "a.b.c"],
    ["that is empty", async () => ""],
  ])("%s is refused", async (_name, made) => {
    const answer = await request(await made());
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toContain("ann@");
  });

  it("is nothing where Access is not set up", async () => {
    const token = await tokenOf(current, claims({ iss: issuer }));
    expect((await request(token, {}, "/api/services", bindings)).status).toBe(401);
    expect(asked).not.toHaveBeenCalled();
  });

  it("is not asked for where a key is given", async () => {
    const answer = await request("broken", { headers: { Authorization: `Bearer ${TOKEN}` } });
    expect(answer.status).toBe(200);
  });
});

describe("the team's keys", () => {
  it("are fetched once for many requests", async () => {
    const token = await tokenOf(current, claims({ iss: issuer }));
    for (let at = 0; at < 5; at++) expect((await request(token)).status).toBe(200);
    expect(asked.mock.calls).toEqual([[`${issuer}/cdn-cgi/access/certs`]]);
  });

  it("are fetched again when a token names one that is new, at most once a minute", async () => {
    await request(await tokenOf(current, claims({ iss: issuer })));
    published = [next, current];
    expect((await request(await tokenOf(next, claims({ iss: issuer })))).status).toBe(200);
    expect(asked).toHaveBeenCalledTimes(2);
    const unknown = await pair("unknown");
    for (let at = 0; at < 5; at++)
      expect((await request(await tokenOf(unknown, claims({ iss: issuer })))).status).toBe(401);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it("that cannot be had refuse, and do not break", async () => {
    vi.mocked(globalThis.fetch).mockImplementation(async () => new Response("no", { status: 500 }));
    expect((await request(await tokenOf(current, claims({ iss: issuer })))).status).toBe(401);
  });
});
