import { describe, expect, it } from "vitest";
import { ask, json } from "../worker/ask.ts";
import { bearer, makeKey } from "../worker/auth/make-key.ts";
import { nobody } from "./attack.ts";

interface Operation {
  security?: object[];
  "x-weir-socket"?: boolean;
}
interface Route {
  method: string;
  path: string;
  operation: Operation;
}

/** Asked by POST, and changes nothing. */
const QUESTIONS = ["POST /api/sql", "POST /api/sql/build", "POST /api/try"];
const SENDING = /^\/(?:ingest|import|otlp|loki|elastic|splunk|datadog|gelf|journald|logpush|beacon|import)(?:\/|$)/;
/** Anybody may ask who is signed in, sign in and out: that is judged by the route itself. */
const SESSION = "/api/session";

/** What needs no key; whoever adds to the API's public side adds to this list. */
const OPEN = [
  "GET /healthz",
  "GET /docs",
  "GET /api/openapi.json",
  "GET /link/x1/x1",
  "POST /api/session",
  "DELETE /api/session",
];

const { paths } = await json<{ paths: Record<string, Record<string, Operation>> }>(ask("/api/openapi.json"));
const routes: Route[] = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    method: method.toUpperCase(),
    path: path.replace(/\{[^}]+\}/g, "x1"),
    operation,
  })),
);
const guarded = routes.filter(({ path, operation }) => operation.security?.length !== 0 && path !== SESSION);
const asked = guarded.filter(({ path }) => !SENDING.test(path));
const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

const requestOf = ({ method, operation }: Route, headers: Record<string, string>): RequestInit => ({
  method,
  headers: {
    ...headers,
    "Content-Type": "application/json",
    ...(operation["x-weir-socket"] ? { Upgrade: "websocket" } : {}),
  },
  ...(method === "GET" || method === "DELETE" ? {} : { body: "{}" }),
});

it("API9: the description knows the API's routes", () => {
  expect(asked.length).toBeGreaterThan(25);
  expect(guarded.length - asked.length).toBeGreaterThan(8);
});

it("API9: nothing is public but what is meant to be", () => {
  const open = routes.filter(({ operation }) => operation.security?.length === 0).map(nameOf);
  expect(open.sort()).toEqual([...OPEN].sort());
});

describe("API5 ASVS 8.2.1 8.3.1: every route of the description", () => {
  it.each(guarded.map((route) => [nameOf(route), route] as const))("%s answers nobody", async (_name, route) => {
    expect((await nobody(route.path, requestOf(route, {}))).status).toBe(401);
  });

  it("answers no key that only sends, where something is asked", async () => {
    const { key } = await makeKey("ingest");
    for (const route of asked) {
      const answer = await ask(route.path, requestOf(route, bearer(key)));
      expect(answer.status, nameOf(route)).toBe(403);
    }
  });

  it("changes nothing for a key that only reads", async () => {
    const { key } = await makeKey("read");
    for (const route of guarded) {
      if (route.method === "GET" || QUESTIONS.includes(nameOf(route))) continue;
      const answer = await ask(route.path, requestOf(route, bearer(key)));
      expect(answer.status, nameOf(route)).toBe(403);
    }
  });

  it("ASVS 3.5.1: opens nothing for a cookie from another site's page that changes something", async () => {
    const signed = await ask("/api/session", {
      method: "POST",
      body: JSON.stringify({ token: "test-admin-token" }),
      headers: { "Content-Type": "application/json", "X-No-Key": "1" },
    });
    const Cookie = signed.headers.get("Set-Cookie")!.split(";")[0]!;
    for (const route of asked) {
      if (route.method === "GET" && !route.operation["x-weir-socket"]) continue;
      const answer = await nobody(route.path, requestOf(route, { Cookie, Origin: "https://evil.test" }));
      expect(answer.status, nameOf(route)).toBe(403);
    }
  });
});
