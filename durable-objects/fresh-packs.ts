import type { GapFrame } from "../core/live/frames.ts";
import { gapOf } from "./frames-of.ts";
import type { KeptPack } from "./recent-packs.ts";

/** Packs that wait to be shown hold at most this many bytes, compressed: some 60,000 ordinary lines, whose text takes 40 MB. */
export const FRESH_BYTES = 2_000_000;

/**
 * Packs that wait to be shown: for the next frame, or while another shard is asked. What is too much is left out, the oldest
 * first, and told as a gap with its numbers.
 */
export class FreshPacks {
  #packs: KeptPack[] = [];
  #gaps: GapFrame[] = [];
  #bytes = 0;

  add(service: string, pack: KeptPack): void {
    this.#packs.push(pack);
    this.#bytes += pack.body.length;
    while (this.#bytes > FRESH_BYTES && this.#packs.length > 1) {
      const { shard, firstSeq, count, body } = this.#packs.shift()!;
      this.#bytes -= body.length;
      this.addGap(gapOf(service, shard, firstSeq, firstSeq + count - 1, "no_longer_in_memory"));
    }
  }

  /** Gaps that follow one another are one, so that there are never many. */
  addGap(gap: GapFrame): void {
    const at = this.#gaps.findLastIndex(({ shard }) => shard === gap.shard);
    const last = this.#gaps[at];
    if (last?.reason === gap.reason && last.last + 1 === gap.first)
      this.#gaps[at] = { ...last, last: gap.last, count: last.count + gap.count };
    else this.#gaps.push(gap);
  }

  /** Whether a frame has anything of it to say. */
  isEmpty(): boolean {
    return this.#packs.length === 0 && this.#gaps.length === 0;
  }

  holds({ shard, firstSeq }: KeptPack): boolean {
    return this.#packs.some((pack) => pack.shard === shard && pack.firstSeq === firstSeq);
  }

  /** Everything, which waits no longer. */
  take(): { packs: KeptPack[]; gaps: GapFrame[] } {
    const taken = { packs: this.#packs, gaps: this.#gaps };
    [this.#packs, this.#gaps, this.#bytes] = [[], [], 0];
    return taken;
  }
}
