import type { FieldEntry } from "../../record.ts";

export type BulkAction = "index" | "create" | "update" | "delete";

/** One action of a bulk body, with its document where it has one to store. */
export interface BulkItem {
  action: BulkAction;
  index: string | undefined;
  id: string | undefined;
  /** undefined where nothing is to be stored: deletes, updates, and documents that are none. */
  entry: FieldEntry | undefined;
  isBroken: boolean;
}

type Json = Record<string, unknown>;

const ACTIONS: readonly BulkAction[] = ["create", "index", "update", "delete"];

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The action of a line; others of its keys (`attempts` of winston-elasticsearch) mean nothing. */
function actionOf(line: string): Pick<BulkItem, "action" | "index" | "id"> | undefined {
  const object = parsed(line);
  if (object === undefined) return undefined;
  for (const action of ACTIONS) {
    const target = object[action];
    if (!isObject(target)) continue;
    return { action, index: textIn(target._index), id: textIn(target._id) };
  }
  return undefined;
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** Whether a line is the first of a bulk body. */
export const isBulk = (line: string): boolean =>
  /^\s*\{\s*"(?:create|index|update|delete)"\s*:/.test(line) && actionOf(line) !== undefined;

/**
 * The actions of a bulk body, `limit` + 1 of them at most.
 *
 * Source: Elasticsearch Reference, Bulk API: an action line, then its document, except for deletes. undefined where a line that
 * must be an action is none: from there on nothing can be told apart.
 */
export function bulkItems(text: string, limit: number): BulkItem[] | undefined {
  const items: BulkItem[] = [];
  const lines = linesIn(text);
  for (let line = lines.next(); !line.done && items.length <= limit; line = lines.next()) {
    const action = actionOf(line.value);
    if (action === undefined) return undefined;
    if (action.action === "delete") {
      items.push({ ...action, entry: undefined, isBroken: false });
      continue;
    }
    const document = lines.next();
    const fields = document.done ? undefined : parsed(document.value);
    const isStored = action.action !== "update";
    items.push({
      ...action,
      entry: fields && isStored ? entryOf(fields) : undefined,
      isBroken: fields === undefined,
    });
  }
  return items;
}

/** The documents alone, for bodies that come without an index of their own. */
export const bulkEntries = (text: string, limit: number): FieldEntry[] =>
  (bulkItems(text, limit) ?? []).flatMap(({ entry }) => entry ?? []);

function* linesIn(text: string): Generator<string, undefined> {
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).trim();
    if (line !== "") yield line;
    at = end + 1;
  }
}

/** The message of a document is a line like any other: rsyslog and Filebeat send access lines so. */
function entryOf(document: Json): FieldEntry {
  const name = typeof document.message === "string" ? "message" : "MESSAGE";
  const { [name]: text, ...fields } = document;
  if (typeof text !== "string") return { fields: document };
  // rsyslog's messages keep the blank that stood after the tag.
  return { fields, text: text.startsWith(" ") ? text.slice(1) : text };
}

/** The service that a document names: `service.name` of ECS, flat or nested. */
export function serviceOfDocument({ fields }: FieldEntry): string | undefined {
  const { service } = fields;
  if (isObject(service)) return textIn(service.name);
  return textIn(service) ?? textIn(fields["service.name"]);
}
