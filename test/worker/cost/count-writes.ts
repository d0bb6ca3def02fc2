import { createMessageBatch, runInDurableObject } from "cloudflare:test";
import type { AppendRequest, DeliveryMessage } from "../../../core/delivery/message.ts";
import type { ServiceStream } from "../../../durable-objects/service-stream.ts";
import type { Env } from "../../../worker/env.ts";
import { parseBatch } from "../../../worker/ingest/ingest-batch.ts";
import { countedPacksOf } from "../../../worker/ingest/pack.ts";
import { onRecords } from "../../../worker/queue/on-records.ts";
import { bindings } from "../ask.ts";

/** Operations that are paid for. */
export interface Writes {
  /** Rows written in the stream, alarms set among them. */
  streamRows: number;
  /** Calls of the stream: appends, confirmations, alarms. */
  streamCalls: number;
  /** Each begun 64,000 bytes of a message, written, read and deleted. */
  queueOperations: number;
  databaseRows: number;
  bucketPuts: number;
}

/** Messages of one consumer call, as wrangler.toml has it. */
const MESSAGES_A_CALL = 25;
const BILLED_BYTES = 64_000;

/**
 * Takes these batches from the stream to the database and counts what is written on the way. The stream sends once all is
 * appended, so messages are as full as those of a busy service.
 */
export async function countWrites(service: string, batches: readonly string[][]): Promise<Writes> {
  const writes: Writes = { streamRows: 0, streamCalls: 0, queueOperations: 0, databaseRows: 0, bucketPuts: 0 };
  const requests: AppendRequest[] = [];
  // So long ago that the last message waits for no more, however fast the machine is.
  const receivedMs = Date.now() - 1_000;
  for (const entries of batches) {
    const { records } = await parseBatch(bindings, { service, entries, receivedMs });
    requests.push({ service, shard: 0, receivedMs, packs: countedPacksOf(records) });
  }
  const stream = bindings.STREAMS.getByName(`${service}/0`);
  await runInDurableObject(stream, async (instance: ServiceStream, { storage }) => {
    const messages: DeliveryMessage[] = [];
    const restore = [
      countRows(storage, writes),
      replace(storage, "setAlarm", async () => {
        writes.streamRows++;
      }),
      replace((instance as unknown as { env: Env }).env.RECORDS, "send", async (message: DeliveryMessage) => {
        messages.push(message);
      }),
    ];
    for (const request of requests) await instance.append(request);
    await instance.alarm();
    for (let from = 0; from < messages.length; from += MESSAGES_A_CALL) {
      const taken = messages.slice(from, from + MESSAGES_A_CALL);
      await apply(taken, writes);
      await instance.confirm(taken);
      writes.streamCalls++;
    }
    // Confirmed messages are forgotten once a second.
    await scheduler.wait(1_100);
    await instance.alarm();
    writes.streamCalls += requests.length + 2;
    for (const { packs = [] } of messages) {
      const bytes = packs.reduce((sum, { body }) => sum + body.length + 150, 100);
      writes.queueOperations += 3 * Math.ceil(bytes / BILLED_BYTES);
    }
    for (const undo of restore) undo();
  });
  return writes;
}

async function apply(messages: readonly DeliveryMessage[], writes: Writes): Promise<void> {
  const env: Env = {
    ...bindings,
    DB: new Proxy(bindings.DB, {
      get(target, name) {
        if (name !== "batch") return memberOf(target, name);
        return async (statements: D1PreparedStatement[]) => {
          const results = await target.batch(statements);
          writes.databaseRows += results.reduce((sum, { meta }) => sum + meta.rows_written, 0);
          return results;
        };
      },
    }),
    ARCHIVE: new Proxy(bindings.ARCHIVE, {
      get(target, name) {
        const member = memberOf(target, name);
        if (name !== "put") return member;
        return (...args: unknown[]) => {
          writes.bucketPuts++;
          return (member as (...all: unknown[]) => unknown)(...args);
        };
      },
    }),
  };
  const batch = createMessageBatch<DeliveryMessage>(
    "weir-records",
    messages.map((body, at) => ({ id: String(at), timestamp: new Date(), attempts: 1, body })),
  );
  await onRecords(batch, env);
}

function countRows({ sql }: DurableObjectStorage, writes: Writes): () => void {
  const exec = sql.exec.bind(sql);
  return replace(sql, "exec", ((query: string, ...values: unknown[]) => {
    const cursor = exec(query, ...values);
    writes.streamRows += cursor.rowsWritten;
    return cursor;
  }) as typeof sql.exec);
}

function replace<Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  by: Owner[Name] | unknown,
): () => void {
  Object.defineProperty(owner, name, { value: by, configurable: true, writable: true });
  return () => {
    delete owner[name];
  };
}

function memberOf(target: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(target, name);
  return typeof member === "function" ? member.bind(target) : member;
}
