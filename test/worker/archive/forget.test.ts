import { beforeAll, describe, expect, it } from "vitest";
import { forget as forgetRecords } from "../../../worker/archive/forget/forget.ts";
import { removeHot } from "../../../worker/archive/remove-hot.ts";
import { sealService } from "../../../worker/archive/seal-service.ts";
import { filterOf } from "../../../worker/query/question.ts";
import { ask, bindings, json, post, settled } from "../ask.ts";
import { hotRowsOf, keysOf, knownService, lines, putSettings, RANGE, sourcesOf } from "./answers.ts";

const HOUR_MS = 3_600_000;
const PERSON = "198.51.100.3";
const all = lines(60);
const others = all.filter((line) => !line.startsWith(`${PERSON} `));

async function send(service: string, sent: string[]): Promise<void> {
  await json(post(`/ingest/${service}`, sent.join("\n")));
  await settled();
}

const forget = (body: object) => post("/api/forget", JSON.stringify(body), { "Content-Type": "application/json" });

/** What statistics and records say, without the seqs that nobody gets twice. */
async function said(service: string): Promise<unknown[]> {
  const answers = [];
  for (const question of [
    `stats?${RANGE}&step=1m`,
    `top/ip?${RANGE}`,
    `top/path?${RANGE}`,
    `logs?${RANGE}&limit=1000`,
  ]) {
    const answer = await json<Record<string, unknown>>(ask(`/api/${question.replace("?", `?service=${service}&`)}`));
    const { scanned: _, skipped: ____, sources: __, answeredFrom: ___, ...rest } = answer;
    answers.push(
      JSON.parse(
        JSON.stringify(rest, (key, value) => (["seq", "source", "service"].includes(key) ? undefined : value)),
      ),
    );
  }
  return answers;
}

describe("forgetting", () => {
  beforeAll(async () => {
    // A third archived at once, a third removed from hot rows, a third sealed and hot.
    await json(putSettings("person", { hotDays: 0 }));
    await send("person", all.slice(0, 20));
    await json(putSettings("person", { hotDays: 7 }));
    await send("person", all.slice(20, 40));
    const service = await knownService("person");
    await sealService(bindings, service, Date.now() + HOUR_MS);
    await removeHot(bindings, service, Date.now() + HOUR_MS, Date.now());
    await send("person", all.slice(40));
    await sealService(bindings, service, Date.now() + HOUR_MS);
    await send("nobody", others);
  }, 60_000);

  it("takes a person out of rows, objects and statistics, as if the lines had never come", async () => {
    expect(await sourcesOf("person")).toEqual({ memory: 0, hot: 20, segments: 40 });
    const keys = await keysOf("person");
    const answer = await json(forget({ service: "person", q: `ip:${PERSON}`, reason: "request 7" }));
    expect(answer).toEqual({
      services: [
        {
          service: "person",
          rows: 4,
          archived: 8,
          segmentsRewritten: 3,
          deadForwards: 0,
          summaries: { rebuilt: 10, approximate: 0, pending: 0 },
          onTheirWay: 0,
        },
      ],
      hasMore: false,
    });
    expect(await sourcesOf("person")).toEqual({ memory: 0, hot: 16, segments: 32 });
    expect(await said("person")).toEqual(await said("nobody"));
    const left = await keysOf("person");
    expect(left).toHaveLength(3);
    expect(left.filter((key) => keys.includes(key))).toEqual([]);
    for (const key of left) {
      const text = new TextDecoder("latin1").decode(await (await bindings.ARCHIVE.get(key))!.arrayBuffer());
      expect(text).not.toContain(PERSON);
    }
  });

  it("leaves a signed note of it, and an archive that is whole", async () => {
    expect(await json(ask("/api/archive/verify?service=person&deep=1"))).toMatchObject({
      intact: true,
      services: [{ segments: 3, removed: { "forgotten: request 7": 3 } }],
    });
    const { entries } = await json<{ entries: { action: string; target: string; detail: object }[] }>(
      ask("/api/audit"),
    );
    expect(entries.find(({ action }) => action === "records.forget")).toMatchObject({
      target: "person",
      detail: { reason: "request 7", rows: 4, archived: 8 },
    });
  });

  it("finds nothing a second time, nor when the rows of a sealed hour are removed", async () => {
    expect(await json(forget({ service: "person", q: `ip:${PERSON}`, reason: "again" }))).toMatchObject({
      services: [{ rows: 0, archived: 0, segmentsRewritten: 0 }],
    });
    await removeHot(bindings, await knownService("person"), Date.now() + HOUR_MS, Date.now());
    expect(await hotRowsOf("person")).toBe(0);
    expect(await sourcesOf("person")).toEqual({ memory: 0, hot: 0, segments: 48 });
    expect(await said("person")).toEqual(await said("nobody"));
  });

  it("empties the streams' memory of what was received lately", async () => {
    await send("remembered", all.slice(0, 6));
    expect(await json(ask("/api/live/rewind?service=remembered&limit=1"))).toMatchObject({ records: [{ seq: 6 }] });
    await json(forget({ service: "remembered", q: `ip:${PERSON}`, reason: "request 8" }));
    expect(await json(ask("/api/live/rewind?service=remembered"))).toMatchObject({ records: [], heldFrom: null });
  });

  it("removes an object of which nothing is left", async () => {
    await json(putSettings("gone", { hotDays: 0 }));
    await send(
      "gone",
      all.filter((line) => line.startsWith(`${PERSON} `)),
    );
    expect(await json(forget({ service: "gone", q: `ip:${PERSON}`, reason: "all" }))).toMatchObject({
      services: [{ rows: 0, archived: 12, segmentsRewritten: 1 }],
    });
    expect(await keysOf("gone")).toEqual([]);
    expect(await json(ask(`/api/stats?service=gone&${RANGE}&step=1d`))).toMatchObject({ buckets: [{ count: 0 }] });
  });

  it("does a part in its time, says that there is more, and has all done when it is asked again", async () => {
    await json(putSettings("much", { hotDays: 0 }));
    for (let at = 0; at < 60; at += 20) await send("much", all.slice(at, at + 20));
    const service = await knownService("much");
    const filter = filterOf(`ip:${PERSON}`);
    const asked = () => forgetRecords(bindings, service, { filter, reason: "r", nowMs: Date.now(), untilMs: 0 });
    const first = await asked();
    expect(first).toMatchObject({ archived: 4, segmentsRewritten: 1, hasMore: true, summaries: { rebuilt: 0 } });
    expect(first.summaries.pending).toBeGreaterThan(0);
    expect(await json(ask(`/api/stats?service=much&${RANGE}&step=1d`))).toMatchObject({ forgotten: 4 });
    expect(await asked()).toMatchObject({ archived: 4, hasMore: true });
    expect(await asked()).toMatchObject({ archived: 4, hasMore: true });
    expect(await json(forget({ service: "much", q: `ip:${PERSON}`, reason: "r" }))).toMatchObject({
      services: [{ archived: 0, summaries: { pending: 0, approximate: 0 } }],
      hasMore: false,
    });
    // Until a stream has heard that its records are stored, it shows them.
    await expect.poll(() => said("much"), { timeout: 20_000 }).toEqual(await said("nobody"));
  });

  it.each([
    ["no filter", { q: "", reason: "x" }],
    ["a filter that finds everything", { q: "*", reason: "x" }],
    ["no reason", { q: "ip:10.0.0.1" }],
    ["a filter that breaks off", { q: "status:>=", reason: "x" }],
  ])("refuses %s", async (_what, body) => {
    expect((await forget({ service: "person", ...body })).status).toBe(400);
  });
});
