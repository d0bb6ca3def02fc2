import { setAttr } from "../../fields/bounded.ts";
import type { LogRecord } from "../../record.ts";

/** A text, under the name that it has in its object; "" in a list. */
export type Rewrite = (text: string, name: string) => string;

/** The attributes with every text in them rewritten; the same object where nothing changes. */
export function mapAttrs(attrs: Record<string, unknown>, rewrite: Rewrite): Record<string, unknown> {
  return mapValue(attrs, "", rewrite) as Record<string, unknown>;
}

/** Depth is bounded by MAX_DEPTH of the attributes. */
export function mapValue(value: unknown, name: string, rewrite: Rewrite): unknown {
  if (typeof value === "string") return rewrite(value, name);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return mapList(value, name, rewrite);
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    if (typeof item !== "string" && (typeof item !== "object" || item === null)) continue;
    const mapped = mapValue(item, key, rewrite);
    if (mapped === item) continue;
    copy ??= { ...value };
    setAttr(copy, key, mapped);
  }
  return copy ?? value;
}

function mapList(list: unknown[], name: string, rewrite: Rewrite): unknown[] {
  let copy: unknown[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const mapped = mapValue(list[i], name, rewrite);
    if (mapped === list[i]) continue;
    copy ??= list.slice();
    copy[i] = mapped;
  }
  return copy ?? list;
}

/** Rewrites the texts of a record that a sender chose freely; whether any changed. */
export function mapTexts(record: LogRecord, rewrite: Rewrite): boolean {
  const { message, path, referrer, attrs } = record;
  if (message !== undefined) record.message = rewrite(message, "");
  if (path !== undefined) record.path = rewrite(path, "");
  if (referrer !== undefined) record.referrer = rewrite(referrer, "");
  if (attrs !== undefined) record.attrs = mapAttrs(attrs, rewrite);
  return record.message !== message || record.path !== path || record.referrer !== referrer || record.attrs !== attrs;
}
