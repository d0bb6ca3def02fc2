import { beforeAll, expect, it } from "vitest";
import { groupOf } from "../../../core/segment/merge-segments.ts";
import { indexOf } from "../../../core/segment/open-segment.ts";
import { textAt } from "../../../core/segment/record-at.ts";
import { optimizeService } from "../../../worker/archive/optimize-service.ts";
import { sealService } from "../../../worker/archive/seal-service.ts";
import { FAST_LEVEL, zstdCodec } from "../../../worker/archive/zstd-codec.ts";
import { ask, bindings, json, post, settled } from "../ask.ts";
import { keysOf, knownService, lines, putSettings, RANGE } from "./answers.ts";

/** Lines of three formats, all of which their columns give back. */
const sent = [...lines(6), "<34>Nov 22 10:03:00 host-1 sshd[77]: session opened", "plain words that no parser takes"];

/** What the column `raw` of a service's objects holds, as any engine reads it. */
async function rawColumn(service: string): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for (const key of await keysOf(service)) {
    const bytes = new Uint8Array(await (await bindings.ARCHIVE.get(key))!.arrayBuffer());
    const { footer } = indexOf(bytes);
    for (const [at, { rows }] of footer.groups.entries()) {
      const group = groupOf(bytes, footer, at, zstdCodec(FAST_LEVEL));
      await group.load(["raw"]);
      for (let row = 0; row < rows; row++) found.push(textAt(group, "raw", row));
    }
  }
  return found;
}

const rawAnswers = async (service: string): Promise<(string | undefined)[]> => {
  const { records } = await json<{ records: { raw?: string }[] }>(ask(`/api/logs?service=${service}&from=0&limit=100`));
  return records.map(({ raw }) => raw).sort();
};

beforeAll(async () => {
  await json(putSettings("raw-spilled", { hotDays: 0, rawInArchive: true }));
  await json(putSettings("raw-sealed", { rawInArchive: true }));
  await json(putSettings("raw-derived", { hotDays: 0 }));
  for (const service of ["raw-spilled", "raw-sealed", "raw-derived"])
    await json(post(`/ingest/${service}`, sent.join("\n")));
  await settled();
});

it.each(["raw-spilled", "raw-sealed"])("keeps every line in the objects of %s, which says so", async (service) => {
  const known = await knownService(service);
  await sealService(bindings, known, Date.now() + 3_600_000);
  expect((await rawColumn(service)).toSorted()).toEqual(sent.toSorted());
  expect(await rawAnswers(service)).toEqual(sent.toSorted());
});

it("keeps them through a merge", async () => {
  await json(post("/ingest/raw-spilled", lines(6, 6).join("\n")));
  await settled();
  await optimizeService(bindings, await knownService("raw-spilled"), Date.now(), { maxMerges: 1, minObjects: 2 });
  const { records } = await json<{ records: object[] }>(ask(`/api/logs?service=raw-spilled&${RANGE}&limit=100`));
  expect(records.length).toBeGreaterThanOrEqual(12);
  expect((await rawColumn("raw-spilled")).filter((line) => line === undefined)).toEqual([]);
});

it("keeps of other services what their columns do not give back, and answers the same lines", async () => {
  expect((await rawColumn("raw-derived")).filter((line) => line !== undefined)).toEqual([]);
  expect(await rawAnswers("raw-derived")).toEqual(sent.toSorted());
});
