import { expect, it } from "vitest";
import { ask } from "./ask.ts";

const idOf = async (given?: string): Promise<string | null> => {
  const headers: HeadersInit = given === undefined ? {} : { "X-Request-Id": given };
  return (await ask("/healthz", { headers })).headers.get("X-Request-Id");
};

it.each(["abc-1", "A_b=9", "x".repeat(255)])("answers the id that came with the request: %s", async (id) => {
  expect(await idOf(id)).toBe(id);
});

it.each([undefined, "", "a b", "a;b", "x".repeat(256)])(
  "gives a request an id of its own in place of %j",
  async (id) => {
    expect(await idOf(id)).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  },
);
