import { expect, it } from "vitest";
import { logpush } from "../../../core/ingest/logpush.ts";
import { decoded, NOTHING_REFUSED, recordsOf } from "./request-of.ts";

const LINE =
  '{"ClientIP":"198.51.100.4","ClientRequestMethod":"HEAD","ClientRequestURI":"/","EdgeResponseBytes":570,"EdgeResponseStatus":301,"EdgeStartTimestamp":"2022-10-30T00:00:02Z","ClientCountry":"ch","RayID":"761fde4e984e5ab2"}';

it("takes requests of a zone", () => {
  expect(recordsOf(logpush, { path: "/web", body: `${LINE}\n${LINE}\n` })).toMatchObject(
    Array.from({ length: 2 }, () => ({
      service: "web",
      tsMs: Date.UTC(2022, 9, 30, 0, 0, 2),
      method: "HEAD",
      path: "/",
      status: 301,
      bytes: 570,
      ip: "198.51.100.4",
      country: "CH",
      attrs: { RayID: "761fde4e984e5ab2" },
    })),
  );
});

it("answers the probe of a new job, and stores nothing of it", () => {
  const { batches, answer } = decoded(logpush, { path: "/web", body: '{"content":"tests"}' });
  expect(batches).toEqual([]);
  expect(answer(NOTHING_REFUSED).status).toBe(200);
});
