import { createExecutionContext, createScheduledController, waitOnExecutionContext } from "cloudflare:test";
import { expect, it } from "vitest";
import { compactSummaries } from "../../worker/cron/compact-summaries.ts";
import worker from "../../worker/index.ts";
import { accessLine, ask, bindings, json, post, settled } from "./ask.ts";

const HOUR_MS = 3_600_000;
const QUESTIONS = [
  "stats?service=merged&from=0&step=1m",
  "top/path?service=merged&from=0",
  "top/ip?service=merged&from=0",
];

const answers = () =>
  Promise.all(
    QUESTIONS.map((question) =>
      json<{ scanned?: number }>(ask(`/api/${question}`)).then(({ scanned: _, ...answer }) => answer),
    ),
  );

async function partsOf(service: string): Promise<number> {
  const sql = "SELECT count(*) AS n FROM summaries WHERE service_id = (SELECT id FROM services WHERE name = ?)";
  return (await bindings.DB.prepare(sql).bind(service).first<number>("n"))!;
}

async function idOf(service: string): Promise<number> {
  return (await bindings.DB.prepare("SELECT id FROM services WHERE name = ?").bind(service).first<number>("id"))!;
}

it("merges the parts of each minute and changes no answer, however often it runs", async () => {
  for (let batch = 0; batch < 4; batch++) {
    const lines = Array.from({ length: 20 }, (_, at) =>
      accessLine({
        path: `/p${at % 7}`,
        ip: `198.51.100.${batch * 20 + at}`,
        time: `22/Nov/2026:10:0${at % 3}:00 +0000`,
        tail: ` ${at}`,
      }),
    );
    await json(post("/ingest/merged", lines.join("\n")));
    await settled();
  }
  const before = await answers();
  expect(await partsOf("merged")).toBe(12);
  const id = await idOf("merged");
  await Promise.all([
    compactSummaries(bindings, id, Date.now() + HOUR_MS),
    compactSummaries(bindings, id, Date.now() + HOUR_MS),
  ]);
  expect(await partsOf("merged")).toBe(3);
  expect(await compactSummaries(bindings, id, Date.now() + HOUR_MS)).toBe(0);
  expect(await answers()).toEqual(before);
});

it("comes to every service within ten minutes", async () => {
  await json(post("/ingest/timed-merge", accessLine({})));
  await settled();
  await json(post("/ingest/timed-merge", accessLine({})));
  await settled();
  for (let minute = 60; minute < 70; minute++) {
    const ctx = createExecutionContext();
    await worker.scheduled(
      createScheduledController({ scheduledTime: new Date(Date.now() + minute * 60_000) }),
      bindings,
      ctx,
    );
    await waitOnExecutionContext(ctx);
  }
  expect(await partsOf("timed-merge")).toBe(1);
});
