import type { GroupReader } from "../../core/segment/group-reader.ts";

/** As many as are looked through at the same time; decoded, each takes some 15 MB of the 128 that an isolate has. */
const KEPT = 4;

/** Row groups that the next page of an answer is likely to begin with: a page takes a tenth of one, and to decode one takes longer than a page. */
export class RecentGroups {
  readonly #groups = new Map<string, GroupReader>();

  get(key: string, at: number, open: () => GroupReader): GroupReader {
    const name = `${key}#${at}`;
    const group = this.#groups.get(name) ?? open();
    this.#groups.delete(name);
    this.#groups.set(name, group);
    for (const oldest of this.#groups.keys()) {
      if (this.#groups.size <= KEPT) break;
      this.#groups.delete(oldest);
    }
    return group;
  }
}
