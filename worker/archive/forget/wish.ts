import type { Filter } from "../../../core/query/filter.ts";

/** What is to be forgotten, why, and in which time. */
export interface Wish {
  filter: Filter;
  /** Stands in the archive's log for ever. */
  reason: string;
  nowMs: number;
  /** From then on nothing more is begun: who asks is told to ask again. */
  untilMs: number;
}
