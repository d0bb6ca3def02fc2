import { describe, expect, it } from "vitest";
import type { SqlSchema } from "../../../dashboard/api/answers.ts";
import { completeSql } from "../../../dashboard/sql/complete-sql.ts";

const column = (name: string) => ({ name, type: "text", about: "" });
const SCHEMA: SqlSchema = {
  tables: [
    { name: "logs", about: "", columns: [column("level"), column("path")], examples: [] },
    { name: "minutes", about: "", columns: [column("records")], examples: [] },
  ],
  functions: ["lower", "length"],
  limits: { rows: 1, characters: 1, tables: 1 },
};

/** The first three; `|` is the cursor. */
const choicesIn = (text: string) =>
  completeSql(text.replace("|", ""), text.indexOf("|"), SCHEMA)
    ?.choices.slice(0, 3)
    .map(({ text: put }) => put);

describe("completeSql offers", () => {
  it.each([
    ["tables after FROM, before a letter is typed", "SELECT 1 FROM |", ["logs", "minutes"]],
    [
      "columns of the tables that are named, then functions and keywords",
      "SELECT le| FROM logs",
      ["level", "length(", "LEFT"],
    ],
    ["columns of every table while none is named", "SELECT rec|", ["records", "RECURSIVE"]],
    ["columns after a point", "SELECT l.p| FROM logs l", ["path"]],
  ])("%s", (_what, text, choices) => expect(choicesIn(text)).toEqual(choices));
});

describe("completeSql is silent", () => {
  it.each([
    ["in a string", "SELECT 'le|"],
    ["in a comment", "SELECT 1 -- le|"],
    ["before a word is begun", "SELECT |"],
    ["where the word is whole", "SELECT level| FROM logs WHERE 1"],
  ])("%s", (_where, text) => expect(choicesIn(text)).toBeUndefined());
});
