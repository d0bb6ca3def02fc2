import { createMessageBatch } from "cloudflare:test";
import { expect, it } from "vitest";
import type { DeliveryMessage } from "../../../core/delivery/message.ts";
import { onRecords } from "../../../worker/queue/on-records.ts";
import { appendOf, bindings, messageOf, recordOf } from "../../durable-objects/stream-fixture.ts";

it("lets others be heard between two messages, though the database answers at once", async () => {
  const stream = bindings.STREAMS.getByName("breath/0");
  for (const message of ["one", "two"]) await stream.append(appendOf("breath", [recordOf({ message })]));
  const messages = [await messageOf("breath", 1, 1), await messageOf("breath", 2, 2)];
  const events: string[] = [];
  const DB = {
    prepare: (text: string) => bindings.DB.prepare(text),
    batch: async () => {
      events.push("stored");
      setTimeout(() => events.push("heard"), 0);
      return [];
    },
  } as unknown as D1Database;
  const batch = createMessageBatch<DeliveryMessage>(
    "weir-records",
    messages.map((body, at) => ({ id: String(at), timestamp: new Date(), attempts: 1, body })),
  );
  await onRecords(batch, { ...bindings, DB });
  expect(events.slice(0, 3)).toEqual(["stored", "heard", "stored"]);
});
