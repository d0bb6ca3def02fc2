/**
 * The first `limit` items in the order of `compare`, sorted. One pass: an item that is worse than the worst kept so far costs one
 * comparison, so a few of many are found much faster than by sorting all.
 */
export function mostOf<Item>(items: Iterable<Item>, limit: number, compare: (a: Item, b: Item) => number): Item[] {
  const kept: Item[] = [];
  if (limit <= 0) return kept;
  for (const item of items) {
    if (kept.length === limit) {
      if (compare(item, kept[limit - 1]!) >= 0) continue;
      kept.pop();
    }
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(item, kept[middle]!) < 0) high = middle;
      else low = middle + 1;
    }
    kept.splice(low, 0, item);
  }
  return kept;
}
