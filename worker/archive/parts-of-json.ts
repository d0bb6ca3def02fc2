/** D1 binds at most 2,000,000 bytes; a UTF-16 unit takes 3 bytes in UTF-8 at most. */
export const MAX_PARAM_CHARS = 600_000;

/** Items in parts whose JSON is short enough for one bound parameter; an item that is longer by itself is a part of its own. */
export function partsOfJson<Item>(items: Iterable<Item>, maxChars = MAX_PARAM_CHARS): string[] {
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
