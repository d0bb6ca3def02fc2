import { expect, it } from "vitest";
import { toResponse } from "../../../worker/ingest/to-response.ts";

const REPLY = { status: 503, headers: { "retry-after": "1" }, body: "busy" };

it("sends a whole answer", async () => {
  const response = await toResponse(REPLY);
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("1");
  expect(await response.text()).toBe("busy");
});

it("begins an answer that is to break off, and never ends it", async () => {
  const response = await toResponse({ ...REPLY, breaksOff: true });
  expect(response.status).toBe(503);
  await expect(response.text()).rejects.toThrow("broken off");
});
