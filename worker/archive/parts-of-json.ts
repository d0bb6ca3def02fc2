import { MAX_PACK_CHARS } from "../../core/delivery/packs-of.ts";

/** Items in parts whose JSON is short enough for one bound parameter; an item that is longer by itself is a part of its own. */
export function partsOfJson<Item>(items: Iterable<Item>, maxChars = MAX_PACK_CHARS): string[] {
  const parts: string[] = [];
  let open: string[] = [];
  let chars = 0;
  for (const item of items) {
    const text = JSON.stringify(item);
    if (open.length > 0 && chars + text.length > maxChars) {
      parts.push(`[${open.join(",")}]`);
      open = [];
      chars = 0;
    }
    open.push(text);
    chars += text.length + 1;
  }
  if (open.length > 0) parts.push(`[${open.join(",")}]`);
  return parts;
}
