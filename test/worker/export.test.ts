import { beforeAll, describe, expect, it } from "vitest";
import type { RecordJson } from "../../core/record-json.ts";
import { accessLine, ask, bindings, json, post, settled } from "./ask.ts";

const COUNT = 6_500;
const lines = Array.from({ length: COUNT }, (_, n) =>
  accessLine({ time: `22/Nov/2026:10:00:${String(n % 60).padStart(2, "0")} +0000`, path: `/p${n}`, tail: ` ${n}` }),
);
const APP = [
  {
    ts: "2026-11-22T10:01:00.123456789Z",
    level: "error",
    msg: "=cmd|' /C calc'!A0",
    user_id: "u1",
    cart: { total: 9.5 },
  },
  { ts: "1969-07-20T20:17:40Z", msg: 'the \u001b[31mred\u001b[0m one, "quoted"\nand a second line', tags: ["a", "b"] },
  { ts: "2037-12-27T12:00:00Z", level: "warn", msg: "from the future", trace_id: "t1", ip: "2001:db8::1" },
];

beforeAll(async () => {
  await json(post("/ingest/export-web", lines.join("\n")));
  await json(post("/ingest/export-app", APP.map((line) => JSON.stringify(line)).join("\n")));
  await json(post("/ingest/export-app", "<34>Nov 22 10:02:00 host1 sshd[42]: Failed password for root"));
  await settled();
  // Some of it is in memory only.
  await json(post("/ingest/export-web", accessLine({ time: "22/Nov/2026:10:01:00 +0000", path: "/last" })));
});

const exported = async (query: string): Promise<string> => {
  const answer = await ask(`/api/export?${query}`);
  expect(answer.status).toBe(200);
  return answer.text();
};
const recordsOf = (text: string): RecordJson[] =>
  text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RecordJson);

describe("GET /api/export", () => {
  it("has every record once, oldest first, from memory and database, over several pages", async () => {
    const records = recordsOf(await exported("service=export-web&from=0"));
    expect(records).toHaveLength(COUNT + 1);
    expect(new Set(records.map(({ seq }) => seq)).size).toBe(COUNT + 1);
    expect(records.at(-1)?.path).toBe("/last");
    const times = records.map(({ time }) => time);
    expect(times).toEqual(times.toSorted());
  });

  it("says what it is, as a file that is saved", async () => {
    for (const [format, type] of [
      ["csv", "text/csv; charset=utf-8; header=present"],
      ["ndjson", "application/x-ndjson; charset=utf-8"],
      ["parquet", "application/vnd.apache.parquet"],
    ]) {
      const answer = await ask(`/api/export?service=export-app&from=0&format=${format}`);
      expect(answer.headers.get("Content-Type")).toBe(type);
      expect(answer.headers.get("Content-Disposition")).toMatch(
        new RegExp(`^attachment; filename="weir-export-app-\\d{8}T\\d{6}Z\\.${format}"$`),
      );
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
  });

  it("filters, and has the columns asked for", async () => {
    expect(
      await exported("service=export-web&from=0&format=csv&columns=path,status&q=path:/p7 OR path:/p12&order=newest"),
    ).toBe("path,status\r\n/p12,200\r\n/p7,200\r\n");
    expect(
      recordsOf(await exported("service=export-app&from=0&columns=message,attrs.cart.total&q=level:error")),
    ).toEqual([{ message: "=cmd|' /C calc'!A0", "attrs.cart.total": "9.5" }]);
  });

  it("has no formula and no control character in its cells", async () => {
    const csv = await exported("service=export-app&from=0&format=csv");
    expect(csv).toContain("'=cmd|");
    expect(csv).not.toContain("\u001b");
    expect(await exported("service=export-app&from=0")).not.toContain("\u001b");
  });

  it("goes on after a record, by its name and by a cursor", async () => {
    const all = recordsOf(await exported("service=export-web&from=0"));
    const { service, shard, seq, time } = all[3_210]!;
    const rest = recordsOf(await exported(`service=export-web&from=0&after=${service}/${shard}/${seq}@${time}`));
    expect(rest).toEqual(all.slice(3_211));
    const { cursor } = await json<{ cursor: string }>(
      ask("/api/logs?service=export-web&from=0&order=oldest&limit=1000"),
    );
    expect(recordsOf(await exported(`service=export-web&from=0&cursor=${cursor}`))).toEqual(all.slice(1_000));
  });

  it("goes through one service after the other where none is named, and on after a record of one", async () => {
    const all = recordsOf(await exported("from=0&q=service:export-web OR service:export-app"));
    expect(all).toHaveLength(COUNT + 1 + 4);
    expect(all.map(({ service }) => service)).toEqual(all.map(({ service }) => service).toSorted());
    const { service, shard, seq, time } = all[2]!;
    const rest = recordsOf(await exported(`from=0&q=service:export-*&after=${service}/${shard}/${seq}@${time}`));
    expect(rest.slice(0, COUNT)).toEqual(all.slice(3, COUNT + 3));
  });

  it("has a header alone where there is nothing", async () => {
    expect(await exported("service=nobody&from=0&format=csv&columns=path")).toBe("path\r\n");
    expect(await exported("service=nobody&from=0")).toBe("");
  });

  it("is written down", async () => {
    await exported("service=nobody&from=0&q=level:error");
    const { results } = await bindings.CONTROL.prepare(
      "SELECT action, target, detail FROM audit ORDER BY id DESC LIMIT 1",
    ).all();
    expect(results).toMatchObject([
      { action: "export.run", target: "nobody", detail: expect.stringContaining("level:error") },
    ]);
  });

  it.each([
    ["a format that there is not", "format=xlsx"],
    ["a column that is none", "columns=a%20b"],
    ["a place that is none", "after=web"],
    ["a cursor that is none", "cursor=x"],
    ["a filter that breaks off", "q=status:%3E"],
  ])("refuses %s before it begins", async (_name, query) => {
    const answer = await ask(`/api/export?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: expect.stringMatching(/^invalid_/) } });
  });
});

describe("an exported file", () => {
  it("comes back as the same records when it is sent to /ingest", async () => {
    const text = await exported("service=export-app&from=0");
    expect(recordsOf(text)).toHaveLength(4);
    await json(post("/ingest/export-again", text, { "Content-Type": "application/x-ndjson" }));
    await settled();
    const again = recordsOf(await exported("service=export-again&from=0"));
    const fieldsOf = ({ service: _service, seq: _seq, flags: _flags, ...fields }: RecordJson) => fields;
    expect(again.map(fieldsOf)).toEqual(recordsOf(text).map(fieldsOf));
  });

  it("of many access lines too", async () => {
    const text = await exported("service=export-web&from=0&q=path:/p1*");
    await json(post("/ingest/export-web-again", text));
    const again = recordsOf(await exported("service=export-web-again&from=0"));
    expect(again.map(({ time, raw, status, durationMs, browser }) => [time, raw, status, durationMs, browser])).toEqual(
      recordsOf(text).map(({ time, raw, status, durationMs, browser }) => [time, raw, status, durationMs, browser]),
    );
  });
});

it("tells every archived record once, in order, over more than one page", async () => {
  await json(
    ask("/api/services/export-archived", {
      method: "PUT",
      body: JSON.stringify({ hotDays: 0 }),
      headers: { "Content-Type": "application/json" },
    }),
  );
  await json(post("/ingest/export-archived", lines.join("\n")));
  await settled();
  for (const order of ["oldest", "newest"]) {
    const records = recordsOf(await exported(`service=export-archived&from=0&order=${order}&q=-path:/p7`));
    expect(records).toHaveLength(COUNT - 1);
    const places = records.map(({ time, seq }) => Date.parse(time) * 1e5 + seq);
    expect(places).toEqual(places.toSorted((a, b) => (order === "oldest" ? a - b : b - a)));
    expect(new Set(records.map(({ path }) => path)).size).toBe(COUNT - 1);
  }
});
