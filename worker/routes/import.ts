import { Hono } from "hono";
import { checkMaySend } from "../auth/may-send.ts";
import { checkSender } from "../auth/require.ts";
import type { AppEnv } from "../env.ts";
import { importParquet } from "../ingest/import-parquet.ts";
import { readAll } from "../ingest/read-body.ts";
import { describe } from "../openapi/describe.ts";
import { checkServiceName } from "../query/question.ts";
import { quotaOf } from "./ingest.ts";

/** Twice the largest segment that a merge makes; a row group at a time is decoded. An isolate has 128 MB. */
export const MAX_IMPORT_BYTES = 32_000_000;
/** Longer than other bodies may take: it is larger. */
const MAX_IMPORT_MS = 300_000;

const described = describe({
  tag: "Send",
  summary:
    "A segment of the archive, or an export as Parquet: its records are stored as if they had been sent. The same file within a day is stored once.",
  params: { service: "Who the records are of." },
  example: { params: { service: "web" }, headers: { "Content-Type": "application/vnd.apache.parquet" }, body: "" },
  answer: { records: 0, accepted: 0, repeated: 0, dropped: {} },
});

/** POST /import/:service: Parquet that we wrote, read back. */
export const imported = new Hono<AppEnv>().post("/:service", described, async (c) => {
  const sender = await checkSender(c, false);
  const service = c.req.param("service");
  checkServiceName(service);
  checkMaySend(sender, service);
  const bytes = await readAll(c.req.raw, MAX_IMPORT_BYTES, MAX_IMPORT_MS);
  return c.json(await importParquet(c.env, service, bytes, { receivedMs: Date.now(), quota: quotaOf(sender) }));
});
