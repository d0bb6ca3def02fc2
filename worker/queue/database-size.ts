/**
 * Nothing becomes a row from here on. Cron makes room above 8.5 GB (worker/archive/tend-archive.ts), in chunks; who writes faster than
 * that goes to the archive, for D1 ends at 10 GB and then takes nothing.
 */
export const MAX_BYTES_FOR_ROWS = 9_200_000_000;

let bytes = 0;

/** Every write is answered with how large the database is by then, without its free pages. */
export function noteSize(results: readonly D1Result[]): void {
  bytes = results.at(-1)?.meta.size_after ?? bytes;
}

/** By the last write of this isolate. */
export const isFull = (): boolean => bytes > MAX_BYTES_FOR_ROWS;
