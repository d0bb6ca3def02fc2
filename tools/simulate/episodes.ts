import { Random } from "./random.ts";

/** How the pretended application is doing in one second. */
export interface Conditions {
  /** How many times the usual number of requests arrive. */
  load: number;
  /** Share of requests that fail beyond the usual few. */
  failing: number;
  /** How many times longer requests take. */
  slowness: number;
  /** The release that runs; it rises with every deploy. */
  version: string;
  /** The release that starts in this very second. */
  deployed: string | undefined;
}

/** Every slot has its episode, so that even a minute of simulation shows each kind. */
const SLOT_SECONDS = 30;
const DEPLOY_EVERY_SLOTS = 3;

/** Conditions `second` seconds after the start: bursts and failing spells in turn, and a deploy every 90 seconds. */
export function conditionsAt(seed: number, second: number): Conditions {
  const slot = Math.floor(second / SLOT_SECONDS);
  const at = second - slot * SLOT_SECONDS;
  const random = new Random(seed * 1_000_003 + slot);
  const begins = 5 + random.int(10);
  const lasts = 4 + random.int(8);
  const strength = random.next();
  const inEpisode = at >= begins && at < begins + lasts;
  const burst = inEpisode && slot % 2 === 0;
  const trouble = inEpisode && slot % 2 === 1;

  const deploySlot = slot % DEPLOY_EVERY_SLOTS === 1;
  const deployAt = begins > 9 ? 2 : 27;
  const deploysBegun = Math.floor((slot + DEPLOY_EVERY_SLOTS - 1) / DEPLOY_EVERY_SLOTS);
  const deploys = deploySlot && at < deployAt ? deploysBegun - 1 : deploysBegun;
  const version = `4.${12 + deploys}.0`;
  const settling = deploySlot && at >= deployAt && at < deployAt + 2;

  return {
    load: burst ? 2 + 2 * strength : 1,
    failing: trouble ? 0.15 + 0.25 * strength : settling ? 0.1 : 0,
    slowness: trouble ? 3 + 3 * strength : settling ? 2 : burst ? 1.4 : 1,
    version,
    deployed: deploySlot && at === deployAt ? version : undefined,
  };
}
