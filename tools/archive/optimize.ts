import { archiveServer } from "./server.ts";

/** `npm run optimize [-- --service web]`: merges small segments until there is nothing more to merge. */
export async function optimize(args: string[]): Promise<number> {
  const { ask, service } = archiveServer(args);
  let [merged, into] = [0, 0];
  for (let hasMore = true; hasMore; ) {
    const done = await ask<{ merged: number; into: number; summaries: number; hasMore: boolean }>(
      "/api/archive/optimize",
      { service },
    );
    merged += done.merged;
    into += done.into;
    hasMore = done.hasMore && done.into + done.summaries > 0;
    if (hasMore && merged > 0) console.log(`${merged} segments merged into ${into}, going on`);
  }
  console.log(merged > 0 ? `${merged} segments merged into ${into}.` : "Nothing to merge.");
  return 0;
}
