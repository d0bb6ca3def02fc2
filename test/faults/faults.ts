/** What may go wrong at one place, as often as `share` says (always). */
export interface Fault {
  mode: "down" | "full" | "slow" | "lost_answer" | "twice" | "late" | "lost" | "shuffled";
  /** 0 to 1. */
  share?: number;
  /** How long `slow` takes. */
  ms?: number;
}

/** Where it may go wrong. */
export type Place = "database" | "queue" | "bucket" | "confirmations" | "deliveries";

export interface Faults extends Partial<Record<Place, Fault>> {
  /** The bound of every stream's journal. */
  maxJournalBytes?: number;
}

/** What goes wrong now. Everything of a local server is in one process, so one switch serves the Worker and its objects. */
let faults: Faults = {};

export const setFaults = (next: Faults): void => {
  faults = next;
};

export const maxJournalBytes = (): string | undefined => faults.maxJournalBytes?.toString();

/** The fault that strikes this time; undefined when all goes well. */
export function faultAt(place: Place): Fault | undefined {
  const fault = faults[place];
  return fault && Math.random() < (fault.share ?? 1) ? fault : undefined;
}

const WORDS: Partial<Record<Fault["mode"], string>> = {
  down: "Network connection lost.",
  full: "database or disk is full: SQLITE_FULL",
  lost_answer: "Network connection lost.",
};

/** Does `work` at a place where things may go wrong: before it, beside it, or after it is done. */
export async function through<Value>(place: Place, work: () => Promise<Value>): Promise<Value> {
  const fault = faultAt(place);
  if (fault?.mode === "down" || fault?.mode === "full") throw new Error(`${place}: ${WORDS[fault.mode]}`);
  if (fault?.mode === "slow") await scheduler.wait(fault.ms ?? 1_000);
  const value = await work();
  if (fault?.mode === "lost_answer") throw new Error(`${place}: ${WORDS.lost_answer}`);
  return value;
}
