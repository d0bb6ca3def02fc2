import { expect, it } from "vitest";
import { NUMBER_COLUMNS, TEXT_COLUMNS } from "../../../core/query/columns.ts";
import { SHORT_BIT } from "../../../core/short-cells.ts";
import { removeHot } from "../../../worker/archive/remove-hot.ts";
import { replayRange } from "../../../worker/archive/replay-range.ts";
import { sealService } from "../../../worker/archive/seal-service.ts";
import { bindings, json, post, settled } from "../ask.ts";
import { answersOf, hotRowsOf, knownService, lines } from "./answers.ts";

const HOUR_MS = 3_600_000;
const later = () => Date.now() + HOUR_MS;

/** Every other row as versions before the short form and `took_ms` stored it. */
const MAKE_EARLIER = `UPDATE records AS r SET kind = r.kind & ~${SHORT_BIT}, method = ${TEXT_COLUMNS.method.row},
protocol = ${TEXT_COLUMNS.protocol.row}, path_template = nullif(${TEXT_COLUMNS.pathTemplate.row}, r.path),
duration_ms = ${NUMBER_COLUMNS.durationMs}, took_ms = NULL
WHERE r.service_id = ?1 AND r.seq % 2 = 0`;
const COUNT_FORMS = `SELECT sum(kind & ${SHORT_BIT} <> 0) AS short, sum(took_ms IS NOT NULL) AS took, sum(method = 'GET') AS long,
sum(duration_ms IS NOT NULL) AS earlier FROM records WHERE service_id = ?1`;

it("answers the same from rows of before, and seals them and brings them back with the others", async () => {
  await json(post("/ingest/earlier", lines().join("\n")));
  await settled();
  const service = await knownService("earlier");
  const before = await answersOf("earlier");
  await bindings.DB.prepare(MAKE_EARLIER).bind(service.id).run();
  const forms = () => bindings.DB.prepare(COUNT_FORMS).bind(service.id).first();
  expect(await forms()).toEqual({ short: 30, took: 30, long: 30, earlier: 30 });
  expect(await answersOf("earlier")).toEqual(before);

  expect(await sealService(bindings, service, later())).toBe(1);
  await removeHot(bindings, service, later(), Date.now());
  expect(await hotRowsOf("earlier")).toBe(0);
  expect(await answersOf("earlier")).toEqual(before);

  const range = { fromMs: Date.UTC(2025, 10, 22, 9), toMs: Date.UTC(2025, 10, 22, 12) };
  expect(await replayRange(bindings, service, range, later())).toMatchObject({ records: 60 });
  expect(await forms()).toEqual({ short: 60, took: 60, long: 0, earlier: 0 });
  expect(await answersOf("earlier")).toEqual(before);
}, 60_000);
