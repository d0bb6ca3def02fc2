import { LEVELS } from "../record.ts";
import type { SlotJson, TallyJson } from "./frames.ts";
import type { Tally } from "./live-counters.ts";

const LEVEL_NAMES = [...LEVELS, "unknown"] as const;
const STATUS_CLASSES = [undefined, "1xx", "2xx", "3xx", "4xx", "5xx"] as const;

export function tallyJson({ count, bytes, levels, statuses }: Tally): TallyJson {
  const json: TallyJson = { count, bytes, levels: {}, statuses: {} };
  LEVEL_NAMES.forEach((name, at) => {
    if (levels[at]) json.levels[name] = levels[at];
  });
  STATUS_CLASSES.forEach((name, at) => {
    if (name && statuses[at]) json.statuses[name] = statuses[at];
  });
  return json;
}

/** Slots numbered in units of `slotSeconds` since the epoch, as the frames carry them. */
export const slotsJson = (slots: [number, Tally][], slotSeconds: number): SlotJson[] =>
  slots.map(([slot, tally]) => [slot * slotSeconds, tallyJson(tally)]);
