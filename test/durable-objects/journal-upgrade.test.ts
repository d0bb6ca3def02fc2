import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { DeliveryMessage } from "../../core/delivery/message.ts";
import type { ServiceStream } from "../../durable-objects/service-stream.ts";
import { applyMessage } from "../../worker/queue/apply-message.ts";
import { appendOf, bindings, messageOf, recordOf, storedSeqs } from "./stream-fixture.ts";

/** As it was when packs had statistics beside their bodies, and the length of their text in UTF-16 units. */
const OLD_JOURNAL = `CREATE TABLE old_journal (
  first_seq INTEGER PRIMARY KEY, count INTEGER NOT NULL, received_ms INTEGER NOT NULL,
  min_ms INTEGER NOT NULL, max_ms INTEGER NOT NULL, plain_chars INTEGER NOT NULL,
  body BLOB NOT NULL, summaries BLOB NOT NULL, tally TEXT NOT NULL
);
INSERT INTO old_journal SELECT first_seq, count, received_ms, min_ms, max_ms, plain_bytes - 1, body, x'28b52ffd00', tally FROM journal;
DROP TABLE journal;
ALTER TABLE old_journal RENAME TO journal;`;

const streamOf = (service: string) => bindings.STREAMS.getByName(`${service}/0`);
const records = (count: number) => Array.from({ length: count }, (_, n) => recordOf({ message: `line ${n}` }));

/** Packs of two records as that version left them; none was sent. */
async function leaveOldJournal(service: string, packs: number): Promise<void> {
  const stream = streamOf(service);
  await runInDurableObject(stream, async (instance: ServiceStream, { storage }) => {
    for (let pack = 0; pack < packs; pack++) await instance.append(appendOf(service, records(2)));
    storage.sql.exec(OLD_JOURNAL);
    await storage.deleteAlarm();
  });
}

const columnsOf = (service: string): Promise<unknown[]> =>
  runInDurableObject(streamOf(service), (_instance, { storage }) =>
    storage.sql
      .exec("SELECT name FROM pragma_table_info('journal')")
      .toArray()
      .map(({ name }) => name),
  );

const plainBytesOf = (service: string, column = "plain_bytes"): Promise<number[]> =>
  runInDurableObject(streamOf(service), (_instance, { storage }) =>
    storage.sql
      .exec<{ n: number }>(`SELECT ${column} AS n FROM journal ORDER BY first_seq`)
      .toArray()
      .map(({ n }) => n),
  );

describe("a journal of the version before", () => {
  it("is taken over whole, goes on, and is delivered", async () => {
    await leaveOldJournal("old", 3);
    expect(await columnsOf("old")).toContain("summaries");
    const chars = await plainBytesOf("old", "plain_chars");
    await evictDurableObject(streamOf("old"));
    expect(await streamOf("old").status()).toMatchObject({ acknowledged: 6, unconfirmed: 6 });
    expect(await columnsOf("old")).not.toContain("summaries");
    expect(await columnsOf("old")).not.toContain("plain_chars");
    expect(await plainBytesOf("old")).toEqual(chars.map((units) => units * 3));
    expect(await streamOf("old").append(appendOf("old", records(1)))).toMatchObject({ seq: { first: 7, last: 7 } });
    await expect.poll(() => storedSeqs("old"), { timeout: 15_000 }).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("keeps its dead letters, which can be sent again", async () => {
    await leaveOldJournal("dead", 1);
    await runInDurableObject(streamOf("dead"), (_instance, { storage }) => {
      storage.sql.exec("INSERT OR REPLACE INTO messages VALUES (1, 2, 3, NULL, ?, 'poison')", Date.now());
    });
    await evictDurableObject(streamOf("dead"));
    expect(await streamOf("dead").status()).toMatchObject({ deadLetters: [{ firstSeq: 1, lastSeq: 2 }] });
    expect(await storedSeqs("dead")).toEqual([]);
    expect(await streamOf("dead").replay(1)).toBe(true);
    await expect.poll(() => storedSeqs("dead"), { timeout: 15_000 }).toEqual([1, 2]);
  });
});

it("applies a message of the version before, whatever its statistics say", async () => {
  const stream = streamOf("message");
  await runInDurableObject(stream, async (instance: ServiceStream, { storage }) => {
    await instance.append(appendOf("message", records(4)));
    await storage.deleteAlarm();
  });
  const message = await messageOf("message", 1, 4);
  const packs = message.packs!.map((pack) => ({ ...pack, summaries: new Uint8Array([1, 2, 3]) }));
  const old: DeliveryMessage = { ...message, packs };
  expect(await applyMessage(bindings, old, Date.now())).toBe("applied");
  expect(await applyMessage(bindings, old, Date.now())).toBe("applied_before");
  const { results } = await bindings.DB.prepare(
    "SELECT summary FROM summaries WHERE service_id = (SELECT id FROM services WHERE name = 'message')",
  ).all<{ summary: string }>();
  expect(results.map(({ summary }) => summary.split("\n")[0])).toEqual(["1 4"]);
});
