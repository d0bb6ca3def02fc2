import { Hono } from "hono";
import * as v from "valibot";
import { type ExportColumn, exportColumns } from "../../core/export/columns.ts";
import { momentOf } from "../../core/time-range.ts";
import { audit } from "../auth/audit.ts";
import { checkBudget, noteSpent } from "../budget/check-budget.ts";
import type { AppEnv } from "../env.ts";
import { ApiError } from "../errors.ts";
import { exportStream } from "../export/export-stream.ts";
import { FORMATS } from "../export/formats.ts";
import { describe } from "../openapi/describe.ts";
import { type Place, placeOf } from "../query/cursor.ts";
import { questionOf, questionQuery } from "../query/question.ts";
import { validQuery } from "../validate.ts";

const query = v.object({
  ...questionQuery,
  format: v.optional(v.picklist(["csv", "ndjson", "parquet"]), "ndjson"),
  /** Names with commas between, as the filter language spells them; all without. */
  columns: v.optional(v.pipe(v.string(), v.maxLength(8_000))),
  order: v.optional(v.picklist(["newest", "oldest"]), "oldest"),
  /** A cursor of /api/logs, to go on after it. */
  cursor: v.optional(v.pipe(v.string(), v.maxLength(500))),
  /** `service/shard/seq@time` of the last record that arrived, to go on after it. */
  after: v.optional(v.pipe(v.string(), v.maxLength(500))),
});

const described = describe({
  tag: "Ask",
  summary:
    "Every record of a range and filter as CSV, NDJSON (which /ingest takes back) or Parquet, streamed; `after=service/shard/seq@time` goes on after a record.",
  example: { query: { service: "web", from: "0", format: "csv", columns: "time,path,status" } },
  type: "text/csv",
});

/** GET /api/export: every record of a range and filter as a file. */
export const exported = new Hono<AppEnv>().get("/", described, validQuery(query), async (c) => {
  const nowMs = Date.now();
  const { format, columns, order, cursor, after, ...raw } = c.req.valid("query");
  const question = { ...questionOf(raw, nowMs), order, after: placeAfter(cursor, after, nowMs) };
  const chosen = chosenColumns(columns);
  await checkBudget(c, question);
  await audit(c, { action: "export.run", target: question.service, detail: { format, columns, ...raw } });
  const { contentType, extension } = FORMATS[format];
  const onRead = (rows: number) => noteSpent(c, { rows });
  return c.body(await exportStream(c.env, { question, format, columns: chosen, onRead }, nowMs), 200, {
    "Content-Type": contentType,
    "Content-Disposition": `attachment; filename="${fileName(question.service, nowMs)}.${extension}"`,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
  });
});

function chosenColumns(text: string | undefined): ExportColumn[] | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const columns = exportColumns(text.split(",").map((name) => name.trim()));
  if (columns.ok) return columns.value;
  throw new ApiError("invalid_request", `columns: ${columns.detail}`, {
    issues: [{ path: "columns", message: columns.detail }],
  });
}

const AFTER = /^([^/@]+)\/(\d{1,9})\/(\d{1,15})@(.+)$/;

function placeAfter(cursor: string | undefined, after: string | undefined, nowMs: number): Place | undefined {
  if (cursor !== undefined && cursor !== "") return placeOf(cursor);
  if (after === undefined || after === "") return undefined;
  const [, service, shard, seq, time] = AFTER.exec(after) ?? [];
  const moment = momentOf(time ?? "", nowMs);
  if (service === undefined || !moment.ok) {
    const message = "expected service/shard/seq@time of a record";
    throw new ApiError("invalid_request", `after: ${message}`, { issues: [{ path: "after", message }] });
  }
  return { service, shard: Number(shard), seq: Number(seq), tsMs: moment.value };
}

/** `weir-web-20261122T100000Z`: safe for every file system. */
const fileName = (service: string | undefined, nowMs: number): string =>
  `weir-${service ?? "all"}-${new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, "")}`;
