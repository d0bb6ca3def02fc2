import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "../../bench/with-server.ts";

const LINES = 500;

describe("a link, fetched by curl and read by DuckDB", () => {
  const folder = mkdtempSync(join(tmpdir(), "weir-links-"));
  let server: Server;

  const post = async (path: string, body: string, contentType: string) => {
    const headers = { Authorization: `Bearer ${server.token}`, "Content-Type": contentType };
    return (await fetch(`${server.url}${path}`, { method: "POST", body, headers })).json() as Promise<{ url: string }>;
  };

  beforeAll(async () => {
    mkdirSync(join(folder, "state"));
    server = await startServer({ stateDir: join(folder, "state") });
    const lines = Array.from({ length: LINES }, (_, n) =>
      JSON.stringify({ msg: `line ${n}, "quoted"`, path: `/item/${n % 5}`, status: n % 10 === 0 ? 500 : 200 }),
    );
    await post("/ingest/linked", lines.join("\n"), "application/x-ndjson");
  }, 120_000);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ["csv", (file: string) => `read_csv('${file}')`],
    ["parquet", (file: string) => `read_parquet('${file}')`],
    ["ndjson", (file: string) => `read_json('${file}')`],
  ])("as %s", async (format, read) => {
    const body = { service: "linked", from: "0", format, columns: "message,path,status" };
    const { url } = await post("/api/links", JSON.stringify(body), "application/json");
    const file = join(folder, `linked.${format}`);
    execFileSync("curl", ["--fail", "--silent", "--show-error", "-o", file, url]);
    const connection = await (await DuckDBInstance.create()).connect();
    const answer = await connection.runAndReadAll(
      `SELECT count(*)::INT AS lines, count(*) FILTER (status = 500)::INT AS errors, count(DISTINCT path)::INT AS paths, min(message) AS first FROM ${read(file)}`,
    );
    expect(answer.getRowObjects()).toEqual([{ lines: LINES, errors: LINES / 10, paths: 5, first: 'line 0, "quoted"' }]);
  });
});
