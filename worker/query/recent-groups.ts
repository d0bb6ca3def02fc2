import type { GroupReader } from "../../core/segment/group-reader.ts";
import { ByteCache } from "../archive/byte-cache.ts";

/** Beside what is being read: two row groups of a usual size. */
const MAX_BYTES = 16_000_000;

// Objects never change under their key, and one cache for all answers holds as much with a hundred exports as with one.
const groups = new ByteCache<GroupReader>(MAX_BYTES);

/** A row group that the page before of an answer ended in: a page takes a tenth of one, and to decode one takes longer than a page. */
export function recentGroup(key: string, at: number, bytes: number, open: () => GroupReader): GroupReader {
  const name = `${key}#${at}`;
  const known = groups.get(name);
  if (known) return known;
  const group = open();
  groups.set(name, group, bytes);
  return group;
}
