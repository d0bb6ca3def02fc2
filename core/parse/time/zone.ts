const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SLOT_MS = 15 * MINUTE_MS;

/** Days and quarter hours remembered per zone; at the limit all are forgotten, so that hostile times cannot fill memory. */
const MAX_REMEMBERED = 10_000;

/** Zones remembered: lines may name their own zone, and a hostile one could name thousands of spellings. */
const MAX_ZONES = 600;

interface Zone {
  /** undefined where the zone is not known to the runtime. */
  format: Intl.DateTimeFormat | undefined;
  /** Offset of each UTC day that has one offset throughout, else NaN. */
  days: Map<number, number>;
  slots: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    zone = { format: formatOf(name), days: new Map(), slots: new Map() };
    if (zones.size >= MAX_ZONES) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
}

/** True for an IANA name (`Europe/Zurich`, `UTC`) or a fixed offset (`+02:00`) that the runtime knows. */
export const isTimeZone = (name: string): boolean => zoneOf(name).format !== undefined;

/** How far a zone's clock is ahead of UTC at an instant, in ms; 0 for an unknown zone. */
function offsetMsOf(name: string, utcMs: number): number {
  const zone = zoneOf(name);
  const day = Math.floor(utcMs / DAY_MS);
  let ofDay = zone.days.get(day);
  if (ofDay === undefined) {
    const first = readOffsetMs(zone, day * DAY_MS);
    ofDay = first === readOffsetMs(zone, (day + 1) * DAY_MS) ? first : Number.NaN;
    remember(zone.days, day, ofDay);
  }
  if (!Number.isNaN(ofDay)) return ofDay;

  const slot = Math.floor(utcMs / SLOT_MS);
  let ofSlot = zone.slots.get(slot);
  if (ofSlot === undefined) {
    ofSlot = readOffsetMs(zone, slot * SLOT_MS);
    remember(zone.slots, slot, ofSlot);
  }
  return ofSlot;
}

function remember(offsets: Map<number, number>, key: number, offsetMs: number): void {
  if (offsets.size >= MAX_REMEMBERED) offsets.clear();
  offsets.set(key, offsetMs);
}

/** The largest instant a Date holds. */
const MAX_DATE_MS = 8.64e15;

function readOffsetMs({ format }: Zone, utcMs: number): number {
  if (!format || Math.abs(utcMs) > MAX_DATE_MS) return 0;
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(utcMs)) part[type] = value;
  const year = part.era === "BC" ? 1 - Number(part.year) : Number(part.year);
  const local = new Date(0);
  local.setUTCFullYear(year, Number(part.month) - 1, Number(part.day));
  local.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second));
  return local.getTime() - utcMs;
}

/**
 * The instant that a zone's wall clock shows as `localMs` (milliseconds as if the clock were UTC).
 *
 * As Temporal's "compatible": a time that the clock shows twice is its first, one that it skips is as much later.
 */
export function utcMsOfLocal(localMs: number, zone: string): number {
  if (zone === "UTC") return localMs;
  const before = offsetMsOf(zone, localMs - DAY_MS);
  const after = offsetMsOf(zone, localMs + DAY_MS);
  const early = localMs - before;
  if (before === after || offsetMsOf(zone, early) === before) return early;
  const late = localMs - after;
  return offsetMsOf(zone, late) === after ? late : early;
}

/** Hours ahead of UTC of the abbreviations that mean one thing in logs (RFC 2822 §4.3 and Europe's, Russia's, Japan's). */
const HOURS_OF_ABBREVIATION: Record<string, number> = Object.assign(Object.create(null), {
  UTC: 0,
  GMT: 0,
  UT: 0,
  Z: 0,
  WET: 0,
  WEST: 1,
  CET: 1,
  MET: 1,
  CEST: 2,
  MEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  JST: 9,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
});

/** Offset in ms of `UTC`, `CEST`, `PDT`, …; undefined for one that is not known or means several zones. */
export function offsetMsOfAbbreviation(name: string): number | undefined {
  const hours = HOURS_OF_ABBREVIATION[name];
  return hours === undefined ? undefined : hours * HOUR_MS;
}
