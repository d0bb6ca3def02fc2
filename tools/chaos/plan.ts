import type { Random } from "../simulate/random.ts";

/** What the test entry of the Worker takes as faults; see test/faults/faults.ts. */
export interface Fault {
  mode: string;
  share?: number;
  ms?: number;
}
export type Faults = Record<string, Fault>;

/** One thing that happens in a round. */
export type Event =
  | { kind: "kill" }
  | { kind: "cut_sockets" }
  | { kind: "shards"; shards: number }
  | { kind: "faults"; faults: Faults };

export interface PlannedEvent {
  /** From the beginning of the round, in milliseconds of a living server. */
  atMs: number;
  event: Event;
}

/** Every way in which a place may fail; a share of one half lets some things through, which is the harder case. */
const FAULTS: readonly Faults[] = [
  { database: { mode: "down" } },
  { database: { mode: "full", share: 0.5 } },
  { database: { mode: "slow", ms: 400 } },
  { database: { mode: "lost_answer", share: 0.5 } },
  { queue: { mode: "down", share: 0.5 } },
  { queue: { mode: "twice", share: 0.5 } },
  { queue: { mode: "late", share: 0.5 } },
  { queue: { mode: "lost_answer", share: 0.5 } },
  { deliveries: { mode: "shuffled" } },
  { deliveries: { mode: "twice", share: 0.5 } },
  { bucket: { mode: "down" } },
  { confirmations: { mode: "lost_answer", share: 0.5 } },
  { confirmations: { mode: "down", share: 0.5 } },
];

/** Something happens about so often. */
const EVENT_EVERY_MS = 900;
const MAX_SHARDS = 5;

/**
 * What happens in a round, in order of time: faults that come and go, other counts of shards, broken connections, and one
 * kill of the whole server in the second half. The same random numbers give the same round.
 */
export function planRound(random: Random, seconds: number): PlannedEvent[] {
  const lengthMs = seconds * 1_000;
  const killMs = Math.round((0.5 + 0.4 * random.next()) * lengthMs);
  const plan: PlannedEvent[] = [{ atMs: killMs, event: { kind: "kill" } }];
  for (let atMs = EVENT_EVERY_MS; atMs < lengthMs; atMs += EVENT_EVERY_MS * (0.5 + random.next()))
    plan.push({ atMs: Math.round(atMs), event: eventOf(random, atMs < killMs) });
  return plan.sort((a, b) => a.atMs - b.atMs);
}

/** A confirmation that is lost after the kill is made good only half a minute later: that would be a round of waiting. */
function eventOf(random: Random, isBeforeKill: boolean): Event {
  if (random.chance(0.2)) return { kind: "shards", shards: 1 + Math.floor(random.next() * MAX_SHARDS) };
  if (random.chance(0.2)) return { kind: "cut_sockets" };
  if (random.chance(0.2)) return { kind: "faults", faults: {} };
  const usable = FAULTS.filter((faults) => isBeforeKill || !("confirmations" in faults));
  return { kind: "faults", faults: usable[Math.floor(random.next() * usable.length)]! };
}

/** `kill at 6.1 s`, `database lost_answer at 2.0 s`. */
export function textOfEvent({ atMs, event }: PlannedEvent): string {
  const at = `at ${(atMs / 1_000).toFixed(1)} s`;
  if (event.kind === "shards") return `${event.shards} shards ${at}`;
  if (event.kind !== "faults") return `${event.kind.replace("_", " ")} ${at}`;
  const [place] = Object.entries(event.faults);
  return place ? `${place[0]} ${place[1].mode} ${at}` : `healed ${at}`;
}
