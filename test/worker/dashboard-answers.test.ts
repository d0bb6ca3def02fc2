import type { hc, InferResponseType } from "hono/client";
import { beforeAll, expect, it } from "vitest";
import type {
  ChangeAnswer,
  LogsAnswer,
  PipelineAnswer,
  SqlSchema,
  StatsAnswer,
  TopAnswer,
  VerifyAnswer,
} from "../../dashboard/api/answers.ts";
import type { Api } from "../../worker/app.ts";
import { accessLine, ask, json, post } from "./ask.ts";

type Client = ReturnType<typeof hc<Api>>;
type Answer<Ask extends (...args: never[]) => unknown> = InferResponseType<Ask, 200>;

/** The dashboard writes the types of these answers itself: this does not compile once the Worker answers something else. */
const asDashboardReads = {
  stats: (answer: Extract<Answer<Client["stats"]["$get"]>, { buckets: unknown }>): StatsAnswer => answer,
  top: (answer: Answer<Client["top"][":dimension"]["$get"]>): TopAnswer => answer,
  logs: (answer: Extract<Answer<Client["logs"]["$get"]>, { records: unknown }>): LogsAnswer => answer,
  pipeline: (answer: Answer<Client["pipeline"]["$get"]>): PipelineAnswer => answer,
  verify: (answer: Answer<Client["pipeline"]["verify"]["$get"]>): VerifyAnswer => answer,
  change: (answer: Extract<Answer<Client["stats"]["$get"]>, { buckets: unknown }>) =>
    answer.compare satisfies ChangeAnswer["compare"] | undefined,
  schema: (answer: Answer<Client["sql"]["schema"]["$get"]>): SqlSchema => answer,
};

beforeAll(async () => {
  await json(post("/ingest/read-by-people", accessLine({ path: "/a b", status: 503, tail: " 12" })));
});

it("answers the dashboard's questions about one line", async () => {
  const about = "service=read-by-people&from=0";
  const stats = asDashboardReads.stats(await json(ask(`/api/stats?${about}&step=30000d`)));
  expect(stats.buckets).toMatchObject([
    {
      count: 1,
      levels: { error: 1 },
      statuses: { "5xx": 1 },
      bytes: 512,
      uniqueIps: 1,
      durationMs: { p95: 12, p99: 12 },
    },
  ]);
  const top = asDashboardReads.top(await json(ask(`/api/top/status?${about}&limit=6`)));
  expect(top).toMatchObject({ values: [{ value: "503", count: 1 }], other: 0, errorBound: 0 });
  const logs = asDashboardReads.logs(await json(ask(`/api/logs?${about}&limit=50`)));
  expect(logs.records).toMatchObject([
    { service: "read-by-people", shard: 0, seq: 1, status: 503, parser: "combined" },
  ]);
  const pipeline = asDashboardReads.pipeline(await json(ask("/api/pipeline")));
  expect(pipeline.streams).toMatchObject([{ service: "read-by-people", acknowledged: 1, deadLetters: [] }]);
  const verify = asDashboardReads.verify(await json(ask("/api/pipeline/verify?service=read-by-people")));
  expect(verify).toMatchObject({ acknowledged: 1, overlaps: [] });
  const schema = asDashboardReads.schema(await json(ask("/api/sql/schema")));
  expect(schema.tables.map(({ name }) => name)).toContain("logs");
  const compared = await json(ask("/api/stats?service=read-by-people&from=-1h&step=60000&compare=-1d"));
  expect(asDashboardReads.change(compared as never)?.change).toMatchObject({ count: null });
  expect(pipeline.stages.map(({ name }) => name)).toEqual(["ingest", "journal", "queue", "database"]);
});
