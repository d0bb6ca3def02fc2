/**
 * What one shard may take of a service's quota: all shards together may take exactly the quota, whichever of them gets how much.
 *
 * @param limit records a day
 */
export const quotaShare = (limit: number, shards: number, shard: number): number =>
  Math.floor(limit / shards) + (shard < limit % shards ? 1 : 0);
