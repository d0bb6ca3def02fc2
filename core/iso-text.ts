const DAY_MS = 86_400_000;
/** `00:00:00.000Z` */
const CLOCK_CHARS = 13;
/** The last moment that a Date can be. */
const LAST_MS = 8.64e15;

const pad2 = Array.from({ length: 60 }, (_, number) => `${number}`.padStart(2, "0"));
const pad3 = Array.from({ length: 1_000 }, (_, number) => `${number}`.padStart(3, "0"));

let lastDay = Number.NaN;
let dayText = "";

/**
 * ISO 8601 in UTC, as precise as the parts are: `new Date(ms).toISOString()` in a tenth of the time, for times of which many lie on one
 * day. Answers and exports have one a step or record.
 *
 * @param ms whole milliseconds
 * @param subNs nanoseconds inside the millisecond
 * @throws RangeError beyond 100 million days from 1970
 */
export function isoText(ms: number, subNs?: number): string {
  const day = Math.floor(ms / DAY_MS);
  if (day !== lastDay) {
    dayText = new Date(day * DAY_MS).toISOString().slice(0, -CLOCK_CHARS);
    lastDay = day;
  }
  if (ms > LAST_MS) throw new RangeError("no time of a calendar");
  const ofDay = ms - day * DAY_MS;
  const second = Math.floor(ofDay / 1_000);
  const minute = Math.floor(second / 60);
  const hour = Math.floor(minute / 60);
  const text = `${dayText}${pad2[hour]}:${pad2[minute - hour * 60]}:${pad2[second - minute * 60]}.${pad3[ofDay - second * 1_000]}`;
  if (!subNs) return `${text}Z`;
  const digits = String(subNs).padStart(6, "0");
  return `${text}${digits.endsWith("000") ? digits.slice(0, 3) : digits}Z`;
}

/** What `isoText` wrote of the nanoseconds inside the millisecond; undefined where there are none. */
export const subNsOf = (time: string): number | undefined => {
  const digits = /\.\d{3}(\d{1,6})Z$/.exec(time)?.[1];
  return digits === undefined ? undefined : Number(digits.padEnd(6, "0"));
};
