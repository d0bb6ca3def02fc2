/** The last seq that a watcher has of each shard. */
export interface Since {
  seqs: ReadonlyMap<number, number>;
  /** Every shard of which nothing is said is meant from its beginning; else only shard 0 is meant at all. */
  isWhole: boolean;
}

/** `0:12,1:40` as the frames give it, or `12` of shard 0 alone; undefined for what is neither. */
export function parseSince(text: string): Since | undefined {
  if (/^\d{1,15}$/.test(text)) return { seqs: new Map([[0, Number(text)]]), isWhole: false };
  if (!/^\d{1,2}:\d{1,15}(?:,\d{1,2}:\d{1,15}){0,63}$/.test(text)) return undefined;
  const seqs = new Map(
    text.split(",").map((part) => {
      const [shard, seq] = part.split(":");
      return [Number(shard), Number(seq)];
    }),
  );
  return { seqs, isWhole: true };
}

export const sinceText = (seqs: ReadonlyMap<number, number>): string =>
  [...seqs]
    .sort(([a], [b]) => a - b)
    .map(([shard, seq]) => `${shard}:${seq}`)
    .join(",");

/** After which seq of a shard the watcher wants to hear; undefined: nothing of what was. */
export const sinceOf = ({ seqs, isWhole }: Since, shard: number): number | undefined =>
  seqs.get(shard) ?? (isWhole ? 0 : undefined);
