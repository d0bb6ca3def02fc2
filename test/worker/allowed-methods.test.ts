import { expect, it } from "vitest";
import { ask } from "./ask.ts";

it.each([
  ["POST", "/api/logs", "GET, HEAD"],
  ["OPTIONS", "/api/stats", "GET, HEAD"],
  ["DELETE", "/api/top/path", "GET, HEAD"],
  ["GET", "/api/sql", "POST"],
  ["PATCH", "/api/views/some", "DELETE, GET, HEAD, PUT"],
  ["DELETE", "/api/budget", "GET, HEAD, PUT"],
])("%s %s is answered with the methods that it takes", async (method, path, allowed) => {
  const answer = await ask(path, { method });
  expect(answer.status).toBe(405);
  expect(answer.headers.get("Allow")).toBe(allowed);
  expect(await answer.json()).toMatchObject({
    error: { code: "method_not_allowed", message: `${path} takes ${allowed}` },
  });
});

it.each([
  ["GET", "/api/nothing"],
  ["POST", "/api/nothing"],
  ["GET", "/api/top/path/more"],
  ["GET", "/api/views//"],
])("%s %s is no route", async (method, path) => {
  const answer = await ask(path, { method });
  expect([answer.status, answer.headers.get("Allow")]).toEqual([404, null]);
});

it("tells nothing of methods to whoever has no key, but what key is asked for", async () => {
  const answer = await ask("/api/sql", { headers: { "X-No-Key": "1" } });
  expect([answer.status, answer.headers.get("WWW-Authenticate")]).toEqual([401, "Bearer"]);
});
