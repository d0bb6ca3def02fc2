import { expect } from "vitest";
import { accessLine, json, post, settled } from "../ask.ts";

export interface Answer {
  columns: { name: string; type: string }[];
  rows: (string | number | null)[][];
  rowsRead: number;
  costDollars: number;
  ms: number;
  truncated: boolean;
}
export interface Refused {
  error: { code: string; message: string; issues?: { path: string; message: string; column?: number }[] };
}

export const query = (sql: string, more: object = {}): Promise<Response> =>
  post("/api/sql", JSON.stringify({ sql, ...more }), { "Content-Type": "application/json" });
export const answer = (sql: string, more?: object): Promise<Answer> => json<Answer>(query(sql, more));
export const rows = async (sql: string, more?: object) => (await answer(sql, more)).rows;

const LINES = Array.from({ length: 40 }, (_, n) =>
  accessLine({
    time: `22/Nov/2026:10:00:${String(n).padStart(2, "0")} +0000`,
    path: `/items/${n}?page=2`,
    status: n % 4 === 0 ? 500 : 200,
    ip: `198.51.100.${n % 5}`,
    bytes: 100,
    tail: ` ${n}`,
  }),
);
const APP_LINES = [
  {
    ts: "2026-11-22T10:01:00Z",
    level: "error",
    msg: "disk full; DROP TABLE logs --",
    cart: { total: 9.5 },
    user_id: "u1",
  },
  { ts: "2026-11-22T10:01:01.250Z", level: "info", msg: "ok", user_id: "u2" },
];

/** 40 lines of `sql-web` and 2 of `sql-app`, in the database. */
export async function fill(): Promise<void> {
  await json(post("/ingest/sql-web", LINES.join("\n")));
  await json(post("/ingest/sql-app", APP_LINES.map((line) => JSON.stringify(line)).join("\n")));
  await settled();
}

/** The error of a statement that is refused. */
export const refusalOf = async (sql: string): Promise<Refused["error"]> => {
  const response = await query(sql);
  expect(response.status).toBe(400);
  return ((await response.json()) as Refused).error;
};
