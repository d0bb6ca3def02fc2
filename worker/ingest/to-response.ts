import type { Reply } from "../../core/ingest/protocol.ts";

/** A protocol's answer as the platform sends it. */
export async function toResponse({ status, headers, body, delayMs, breaksOff }: Reply): Promise<Response> {
  if (delayMs !== undefined) await scheduler.wait(delayMs);
  return new Response(breaksOff ? brokenOff() : body, { status, headers });
}

/** A body that begins and never ends: the sender sees the connection break. */
function brokenOff(): ReadableStream<Uint8Array> {
  let hasBegun = false;
  return new ReadableStream({
    pull(controller) {
      if (hasBegun) controller.error(new Error("broken off so that the sender repeats"));
      else controller.enqueue(new TextEncoder().encode("{"));
      hasBegun = true;
    },
  });
}
