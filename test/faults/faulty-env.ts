import type { DeliveryMessage } from "../../core/delivery/message.ts";
import type { Env } from "../../worker/env.ts";
import { faultAt, maxJournalBytes, through } from "./faults.ts";
import { bound, faultyDatabase } from "./faulty-database.ts";

/** What the Worker and its objects are bound to, with faults. */
export function faultyEnv(env: Env): Env {
  const faulty = {
    ...env,
    DB: faultyDatabase(env.DB),
    RECORDS: faultyQueue(env.RECORDS),
    ARCHIVE: faultyBucket(env.ARCHIVE),
    STREAMS: faultyStreams(env.STREAMS),
  };
  return Object.defineProperty(faulty, "MAX_JOURNAL_BYTES", { get: maxJournalBytes, enumerable: true });
}

/** `late` messages are overtaken by others by up to three seconds; `lost` ones are taken and never delivered. */
const faultyQueue = (queue: Queue<DeliveryMessage>): Queue<DeliveryMessage> =>
  new Proxy(queue, {
    get(target, name) {
      if (name !== "send") return bound(target, name);
      return async (message: DeliveryMessage, options: QueueSendOptions = {}) => {
        const fault = faultAt("queue");
        if (fault?.mode === "down") throw new Error("queue: Too Many Requests");
        if (fault?.mode === "lost") return;
        if (fault?.mode === "twice") await target.send(message, options);
        const delaySeconds = fault?.mode === "late" ? Math.ceil(Math.random() * 3) : 0;
        await target.send(message, { ...options, delaySeconds });
        if (fault?.mode === "lost_answer") throw new Error("queue: Network connection lost.");
      };
    },
  });

const faultyBucket = (bucket: R2Bucket): R2Bucket =>
  new Proxy(bucket, {
    get(target, name) {
      const member = bound(target, name);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => through("bucket", () => member(...args));
    },
  });

/** Confirmations get lost on their way to the stream, or their answer on the way back. */
const faultyStreams = (streams: Env["STREAMS"]): Env["STREAMS"] =>
  new Proxy(streams, {
    get(target, name) {
      if (name !== "getByName") return bound(target, name);
      return (stream: string) => {
        const stub = target.getByName(stream);
        return new Proxy(stub, {
          get(_stub, method) {
            // Not bound: `bind` on a stub would be a method of the object at its other end.
            const call = (...args: unknown[]) =>
              (stub as unknown as Record<PropertyKey, (...all: unknown[]) => unknown>)[method]!(...args);
            return method === "confirm"
              ? (...args: unknown[]) => through("confirmations", async () => call(...args))
              : call;
          },
        });
      };
    },
  });
