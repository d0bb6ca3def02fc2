import fc from "fast-check";
import { expect, it } from "vitest";
import { complaintOf } from "../../bench/fuzz/complaint.ts";
import { hostileRequests } from "../../bench/fuzz/requests.ts";
import { targetsOf } from "../../bench/fuzz/targets.ts";
import { ask, json } from "../worker/ask.ts";

/*
 * A short run; `npm run bench -- fuzz` goes on for minutes, over sockets. Some refusals wait for seconds on purpose.
 */

/** Streams do not end by themselves: their first bytes are read, and a socket is closed. */
async function textOf(answer: Response): Promise<string> {
  if (answer.webSocket) {
    answer.webSocket.accept();
    answer.webSocket.close();
    return "";
  }
  if (!answer.headers.get("Content-Type")?.includes("event-stream")) return answer.text();
  const reader = answer.body!.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

it("API8 ASVS 16.5.1 2.2.1: no random request gets a 500, or a word of the inside", async () => {
  const targets = targetsOf(await json(ask("/api/openapi.json")));
  expect(targets.length).toBeGreaterThan(20);
  await fc.assert(
    fc.asyncProperty(hostileRequests(targets), async ({ method, address, headers, body }) => {
      let answer: Response;
      try {
        answer = await ask(`http://weir.test${address}`, { method, headers, ...(body ? { body } : {}) });
      } catch (error) {
        // What cannot even be put into a request does not reach the Worker.
        expect(String(error)).toMatch(/Invalid|header|URL|ByteString|method|body/i);
        return;
      }
      expect(complaintOf(answer.status, await textOf(answer))).toBeUndefined();
    }),
    { numRuns: 200 },
  );
  expect((await ask("/healthz")).status).toBe(200);
}, 180_000);
