import { cheapestFirst } from "../query/cost-of.ts";
import { type Field, isAttribute } from "../query/fields.ts";
import type { Filter, Pattern } from "../query/filter.ts";
import { definiteLimits, limitsTest } from "../query/limits.ts";
import { predicateOf } from "../query/predicate-of.ts";
import { insideJson, searchesIp } from "../query/search-text.ts";
import { containsTest, equalsTest } from "../query/text-test.ts";
import { LogRecord } from "../record.ts";
import { REQUEST_LINE_BIT, recordOfRow, UNLISTED_PARSER } from "../row.ts";
import { type BytesTest, equalsBytesTest, textsPassing } from "./bytes-test.ts";
import type { NumberColumnName, TextColumnName } from "./columns.ts";
import { filterColumns, NUMBER_COLUMN_OF, SEARCHED_COLUMNS, TEXT_COLUMN_OF } from "./filter-columns.ts";
import type { GroupReader } from "./group-reader.ts";
import { linesWithPhrase } from "./request-line-phrase.ts";
import { both, either, inverse, type Selection } from "./selection.ts";
import { textsWith } from "./text-search.ts";

export interface GroupQuestion {
  service: string;
  /** What relative times count from. */
  nowMs: number;
}

/**
 * The rows of a group that a filter finds: the same as its predicate finds, a column at a time. Columns that the filter does
 * not need are not fetched, those that it needs are fetched at once, and every different text is looked at once.
 */
export async function filterGroup(group: GroupReader, filter: Filter, asked: GroupQuestion): Promise<Selection> {
  await group.load(filterColumns(filter));
  return rowsFound(group, filter, asked);
}

async function rowsFound(group: GroupReader, filter: Filter, asked: GroupQuestion): Promise<Selection> {
  switch (filter.kind) {
    case "all":
      return "all";
    case "and": {
      let rows: Selection = "all";
      for (const part of cheapestFirst(filter.parts)) {
        rows = both(rows, await rowsFound(group, part, asked));
        if (rows === "none") return "none";
      }
      return rows;
    }
    case "or": {
      let rows: Selection = "none";
      for (const part of cheapestFirst(filter.parts)) {
        rows = either(rows, await rowsFound(group, part, asked));
        if (rows === "all") return "all";
      }
      return rows;
    }
    case "not":
      return inverse(await rowsFound(group, filter.part, asked));
    case "text":
      return searchRows(group, filter.pattern);
    case "when":
      return numberRows(group, "time", limitsTest(definiteLimits(filter, asked.nowMs)));
    case "network":
      return textRows(group, "ip", testOf(filter, asked, "ip"));
    default:
      return fieldRows(group, filter, asked);
  }
}

type FieldFilter = Extract<Filter, { field: Field }>;

async function fieldRows(group: GroupReader, filter: FieldFilter, asked: GroupQuestion): Promise<Selection> {
  const { field } = filter;
  if (isAttribute(field)) return textRows(group, "attrs", attributeTest(filter, asked));
  switch (field) {
    case "time":
      return "all";
    case "service":
      return predicateOf(filter, asked.nowMs)(new LogRecord(), asked.service) ? "all" : "none";
    case "status":
    case "bytes":
    case "durationMs": {
      const column = NUMBER_COLUMN_OF[field];
      return numberRows(group, column, filter.kind === "within" ? limitsTest(filter) : () => true);
    }
    case "flags":
      return kindRows(group, (kind) =>
        predicateOf(filter, asked.nowMs)(recordOfRow([0, kind], undefined), asked.service),
      );
    case "parser":
      return parserRows(group, filter, asked);
    case "pathTemplate":
      return templateRows(group, testOf(filter, asked, "path"));
    case "message":
      return messageRows(group, filter.kind === "is" ? equalsTest(filter.pattern) : () => true);
    default:
      return textRows(
        group,
        TEXT_COLUMN_OF[field]!,
        testOf(filter, asked, field),
        filter.kind === "is" ? equalsBytesTest(filter.pattern) : undefined,
      );
  }
}

/** Whether a record passes that has this field and no other. */
function testOf(filter: Filter, { nowMs, service }: GroupQuestion, field: string): (text: string) => boolean {
  const passes = predicateOf(filter, nowMs);
  const record = new LogRecord();
  return (text) => {
    (record as unknown as Record<string, unknown>)[field] = text;
    return passes(record, service);
  };
}

function attributeTest(filter: Filter, { nowMs, service }: GroupQuestion): (text: string) => boolean {
  const passes = predicateOf(filter, nowMs);
  const record = new LogRecord();
  return (text) => {
    record.attrs = JSON.parse(text) as Record<string, unknown>;
    return passes(record, service);
  };
}

/** @param bytesTest the same as `test`, where there is one: no strings are made then */
async function textRows(
  group: GroupReader,
  name: TextColumnName,
  test: (text: string) => boolean,
  bytesTest?: BytesTest,
): Promise<Selection> {
  if (group.isEmpty(name)) return "none";
  await group.load([name]);
  const texts = group.dictionary(name);
  if (bytesTest) return rowsOf(group, name, textsPassing(texts, bytesTest));
  let passing: Uint8Array | undefined;
  for (let at = 0; at < texts.count; at++) {
    if (!test(texts.peek(at))) continue;
    passing ??= new Uint8Array(texts.count + 1);
    passing[at] = 1;
  }
  return rowsOf(group, name, passing);
}

/** The rows whose text passes. */
function rowsOf(group: GroupReader, name: TextColumnName, passing: Uint8Array | undefined): Selection {
  if (passing === undefined) return "none";
  const { codes } = group.text(name);
  const rows = new Uint8Array(group.rows);
  // The last place stands for "none" and is 0. A loop for each width: one that meets them all takes three times as long.
  if (codes instanceof Uint8Array) for (let at = 0; at < rows.length; at++) rows[at] = passing[codes[at]!]!;
  else if (codes instanceof Uint16Array) for (let at = 0; at < rows.length; at++) rows[at] = passing[codes[at]!]!;
  else for (let at = 0; at < rows.length; at++) rows[at] = passing[codes[at]!]!;
  return rows;
}

async function numberRows(
  group: GroupReader,
  name: NumberColumnName,
  test: (value: number) => boolean,
): Promise<Selection> {
  const { min, max, hasGaps } = group.rangeOf(name);
  if (min === undefined || max === undefined) return "none";
  if (!hasGaps && test(min) && test(max)) return "all";
  await group.load([name]);
  const values = group.number(name);
  const rows = new Uint8Array(group.rows);
  for (let at = 0; at < rows.length; at++) {
    const value = values[at]!;
    if (!Number.isNaN(value) && test(value)) rows[at] = 1;
  }
  return rows;
}

async function kindRows(group: GroupReader, test: (kind: number) => boolean): Promise<Selection> {
  const { min, max } = group.rangeOf("kind");
  // Every row has one. Lines of one source are of one kind.
  if (min !== undefined && min === max) return test(min) ? "all" : "none";
  await group.load(["kind"]);
  const known = new Map<number, 0 | 1>();
  const kinds = group.number("kind");
  const rows = new Uint8Array(group.rows);
  for (let at = 0; at < rows.length; at++) {
    const kind = kinds[at]!;
    let passes = known.get(kind);
    if (passes === undefined) {
      passes = test(kind) ? 1 : 0;
      known.set(kind, passes);
    }
    rows[at] = passes;
  }
  return rows;
}

async function parserRows(group: GroupReader, filter: Filter, asked: GroupQuestion): Promise<Selection> {
  const passes = predicateOf(filter, asked.nowMs);
  const listed = await kindRows(
    group,
    (kind) => (kind & UNLISTED_PARSER) !== UNLISTED_PARSER && passes(recordOfRow([0, kind], undefined), asked.service),
  );
  return either(listed, await textRows(group, "parser", testOf(filter, asked, "parser")));
}

/** A template of its own where a row has one, else the path. */
async function templateRows(group: GroupReader, test: (text: string) => boolean): Promise<Selection> {
  const own = await textRows(group, "path_template", test);
  const paths = await textRows(group, "path", test);
  if (group.isEmpty("path_template") || paths === "none") return either(own, paths);
  const { codes, texts } = group.text("path_template");
  const without = new Uint8Array(group.rows);
  for (let at = 0; at < without.length; at++) without[at] = codes[at] === texts.count ? 1 : 0;
  return either(own, both(paths, without));
}

const PARTS = ["method", "path", "protocol"] as const;

/** The message as stored, or the request line put together of its parts. */
async function messageRows(group: GroupReader, test: (text: string) => boolean): Promise<Selection> {
  return either(await textRows(group, "message", test), await requestLineRows(group, test));
}

const isRequestLine = (kind: number): boolean => (kind & REQUEST_LINE_BIT) !== 0;

async function requestLineRows(group: GroupReader, test: (text: string) => boolean): Promise<Selection> {
  const found = await kindRows(group, isRequestLine);
  if (found === "none") return "none";
  const access = found === "all" ? new Uint8Array(group.rows).fill(1) : found;
  await group.load(PARTS);
  const [methods, paths, protocols] = PARTS.map((name) => group.text(name));
  const known = new Map<number, 0 | 1>();
  for (let at = 0; at < access.length; at++) {
    if (access[at] === 0) continue;
    const [method, path, protocol] = [methods!.codes[at]!, paths!.codes[at]!, protocols!.codes[at]!];
    const key = (path * (methods!.texts.count + 1) + method) * (protocols!.texts.count + 1) + protocol;
    let passes = known.get(key);
    if (passes === undefined) {
      passes = test(`${methods!.texts.peek(method)} ${paths!.texts.peek(path)} ${protocols!.texts.peek(protocol)}`)
        ? 1
        : 0;
      known.set(key, passes);
    }
    access[at] = passes;
  }
  return access;
}

/** What search-text.ts says that words and phrases search. */
async function searchRows(group: GroupReader, pattern: Pattern): Promise<Selection> {
  const isWord = pattern.length === 1 && !pattern[0]!.includes(" ");
  const places: [TextColumnName, Pattern][] = SEARCHED_COLUMNS.map((name) => [name, pattern]);
  places.push(["attrs", pattern.map(insideJson)]);
  if (searchesIp(pattern)) places.push(["ip", pattern]);
  let rows: Selection = "none";
  for (const [name, each] of places) {
    if (!group.isEmpty(name)) rows = either(rows, rowsOf(group, name, textsWith(group.dictionary(name), each)));
  }
  return either(rows, isWord ? await methodRows(group, pattern) : await phraseRows(group, pattern));
}

/** A phrase in the request line; one in its path alone is found in the path. */
async function phraseRows(group: GroupReader, pattern: Pattern): Promise<Selection> {
  if (pattern.length > 1) return requestLineRows(group, containsTest(pattern));
  const access = await kindRows(group, isRequestLine);
  if (access === "none") return "none";
  await group.load(PARTS);
  const [methods, paths, protocols] = PARTS.map((name) => group.text(name));
  const rows = linesWithPhrase({ methods: methods!, paths: paths!, protocols: protocols! }, pattern[0]!);
  return rows === undefined ? requestLineRows(group, containsTest(pattern)) : both(rows, access);
}

/** A word is in one part of a request line or in none; the path is searched anyway. */
async function methodRows(group: GroupReader, pattern: Pattern): Promise<Selection> {
  let rows: Selection = "none";
  for (const name of ["method", "protocol"] as const) {
    if (!group.isEmpty(name)) rows = either(rows, rowsOf(group, name, textsWith(group.dictionary(name), pattern)));
  }
  if (rows === "none") return "none";
  return both(rows, await kindRows(group, isRequestLine));
}
