import { expect, it } from "vitest";
import { MAX_QUESTION_BYTES } from "../../worker/small-body.ts";
import { ask, json } from "./ask.ts";

const put = (body: string, type: string | undefined): Promise<Response> =>
  ask("/api/services/small", {
    method: "PUT",
    body: new TextEncoder().encode(body),
    headers: type ? { "Content-Type": type } : {},
  });
const padded = (length: number): string => `{"hotDays":3}${" ".repeat(length - 13)}`;

it.each(["application/json", "application/json; charset=utf-8", "Application/JSON"])("takes %s", async (type) => {
  expect(await json(put('{"hotDays":3}', type))).toMatchObject({ settings: { hotDays: 3 } });
});

it.each([
  undefined,
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/jsonp",
])("takes a body of type %s as JSON from who sends a key", async (type) => {
  await json(put('{"hotDays":4}', "application/json"));
  expect(await json(put('{"hotDays":5}', type))).toMatchObject({ settings: { hotDays: 5 } });
  expect((await put("hotDays=6", type)).status).toBe(400);
  expect(await json(ask("/api/services/small"))).toMatchObject({ settings: { hotDays: 5 } });
});

it("takes a body of MAX_QUESTION_BYTES, and no longer one", async () => {
  expect((await put(padded(MAX_QUESTION_BYTES), "application/json")).status).toBe(200);
  const answer = await put(padded(MAX_QUESTION_BYTES + 1), "application/json");
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ error: { code: "payload_too_large" } });
});
