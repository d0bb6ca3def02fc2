import { ApiError } from "../errors.ts";

/** A record's place in the order of an answer: by time, then service, shard, seq. */
export interface Place {
  tsMs: number;
  service: string;
  shard: number;
  seq: number;
}

export const cursorOf = ({ tsMs, service, shard, seq }: Place): string =>
  btoa(JSON.stringify([tsMs, service, shard, seq])).replaceAll("=", "");

export function placeOf(cursor: string): Place {
  try {
    const [tsMs, service, shard, seq] = JSON.parse(atob(cursor)) as [number, string, number, number];
    if ([tsMs, shard, seq].every(Number.isFinite) && typeof service === "string") return { tsMs, service, shard, seq };
  } catch {
    // Not one of ours; told below.
  }
  throw new ApiError("invalid_request", "the cursor is not one that this API gave");
}

export function comparePlaces(a: Place, b: Place): number {
  return (
    a.tsMs - b.tsMs ||
    (a.service < b.service ? -1 : a.service > b.service ? 1 : 0) ||
    a.shard - b.shard ||
    a.seq - b.seq
  );
}
