/** Somewhere a large file lies that is read in ranges. */
export interface RangeSource {
  /** Bytes. */
  size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

const PAGE_BYTES = 65_536;
/** 16 MB of a table of 60: its upper nodes are in few pages, and clients come from few networks. */
const MAX_PAGES = 256;

/** The bytes of a file, of which only the pages that were asked for are here. */
export class Pages {
  readonly #source: RangeSource;
  #pages = new Map<number, Uint8Array>();

  constructor(source: RangeSource) {
    this.#source = source;
  }

  get size(): number {
    return this.#source.size;
  }

  /** undefined where the page is not here yet; 0 after the end, or where a range came short. */
  byteAt(offset: number): number | undefined {
    if (offset >= this.#source.size) return 0;
    const page = this.#pages.get(Math.floor(offset / PAGE_BYTES));
    return page === undefined ? undefined : (page[offset % PAGE_BYTES] ?? 0);
  }

  async load(offset: number): Promise<void> {
    const page = Math.floor(offset / PAGE_BYTES);
    if (this.#pages.has(page)) return;
    const start = page * PAGE_BYTES;
    const bytes = await this.#source.read(start, Math.min(PAGE_BYTES, this.#source.size - start));
    if (this.#pages.size >= MAX_PAGES) this.#forgetOldest();
    this.#pages.set(page, bytes);
  }

  /** The first page has the roots of the tree, which every look-up passes: it stays. */
  #forgetOldest(): void {
    for (const page of this.#pages.keys()) {
      if (page === 0) continue;
      this.#pages.delete(page);
      return;
    }
  }
}
