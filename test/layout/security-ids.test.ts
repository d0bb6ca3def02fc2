import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { expect, it } from "vitest";
import { idsOf } from "../security/published-ids.ts";

const FOLDER = fileURLToPath(new URL("../security/", import.meta.url));
/** What the suite was asked for; it may grow. */
const MIN_CASES = 150;

/** A node of the syntax tree: only what is looked at. */
interface Node {
  type: string;
  [part: string]: unknown;
}

interface Case {
  file: string;
  /** Of the describes around it, of itself, and the first text of its row. */
  titles: string[];
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;
const textOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;

/** The name that a call begins with: `it` of `it.each([…])`. */
function nameOf(callee: unknown): string | undefined {
  if (!isNode(callee)) return undefined;
  if (callee.type === "Identifier") return callee.name as string;
  return nameOf(callee.type === "MemberExpression" ? callee.object : callee.callee);
}

/** The rows of `it.each(ROWS)(title, …)`; one row where they are computed. undefined: it is no `each`. */
function rowsOf(callee: Node, tables: Map<string, Node>): unknown[] | undefined {
  if (callee.type !== "CallExpression") return undefined;
  const [table] = callee.arguments as Node[];
  const array = table?.type === "Identifier" ? tables.get(table.name as string) : table;
  return array?.type === "ArrayExpression" ? (array.elements as unknown[]) : [undefined];
}

/** Every case of a file, rows of tables one by one. */
function casesOf(file: string): Case[] {
  const { program } = parseSync(file, readFileSync(FOLDER + file, "utf8"));
  const tables = new Map<string, Node>();
  const cases: Case[] = [];
  const visit = (value: unknown, titles: string[]): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, titles);
    if (!isNode(value)) return;
    if (value.type === "VariableDeclarator" && isNode(value.id) && isNode(value.init))
      tables.set(value.id.name as string, value.init);
    const name = value.type === "CallExpression" ? nameOf(value.callee) : undefined;
    const title = textOf((value.arguments as unknown[] | undefined)?.[0]);
    if (title === undefined || (name !== "it" && name !== "describe")) {
      for (const part of Object.values(value)) visit(part, titles);
      return;
    }
    if (name === "describe") {
      visit((value.arguments as unknown[])[1], [...titles, title]);
      return;
    }
    for (const row of rowsOf(value.callee as Node, tables) ?? [undefined]) {
      const first = isNode(row) && row.type === "ArrayExpression" ? (row.elements as unknown[])[0] : undefined;
      cases.push({ file, titles: [...titles, title, textOf(first) ?? ""] });
    }
  };
  visit(program, []);
  return cases;
}

const cases = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".test.ts"))
  .flatMap(casesOf);

it("names each attack by what it is a case of", () => {
  expect(cases.filter(({ titles }) => titles.flatMap(idsOf).length === 0)).toEqual([]);
});

it("uses no id but those of OWASP ASVS 5.0.0 and the API Security Top 10 of 2023", () => {
  const unknown = cases.flatMap(({ file, titles }) =>
    titles.flatMap(idsOf).flatMap(({ id, isPublished }) => (isPublished ? [] : [`${file}: ${id}`])),
  );
  expect(unknown).toEqual([]);
});

it(`has at least ${MIN_CASES} cases`, () => {
  expect(cases.length).toBeGreaterThanOrEqual(MIN_CASES);
});

it("knows what is published, and what is not", () => {
  const published = (title: string) => idsOf(title).map(({ isPublished }) => isPublished);
  expect(published("API10 ASVS 1.2.10: x")).toEqual([true, true]);
  expect(published("API0 API11 ASVS 1.2.11 18.1.1 1.2.0: x")).toEqual([false, false, false, false, false]);
  expect(idsOf("takes 127.0.0.1, and 1.2.3 too")).toEqual([]);
});
