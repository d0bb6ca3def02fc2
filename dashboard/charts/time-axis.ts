import { clock, day, hourMinute, isSameDay, monthYear, year } from "../format/time.ts";

/** Steps of a count's axis: 1, 2 or 5 times a power of ten, and never a part of a record. */
export const COUNT_STEPS = Array.from({ length: 36 }, (_, at) => [1, 2, 5][at % 3]! * 10 ** Math.floor(at / 3));

/** Labels of a time axis, as short as the distance between them allows; the day stands where a new one begins. */
export function timeLabels(seconds: readonly number[], stepSeconds: number): string[] {
  return seconds.map((second, at) => {
    const ms = second * 1_000;
    if (stepSeconds >= 300 * 86_400) return year(ms);
    if (stepSeconds >= 28 * 86_400) return monthYear(ms);
    if (stepSeconds >= 86_400) return dayText(ms, seconds[at - 1], "\n");
    const text = stepSeconds < 60 ? clock(ms) : hourMinute(ms);
    const before = seconds[at - 1];
    const isNewDay = before === undefined ? !isSameDay(ms, Date.now()) : !isSameDay(before * 1_000, ms);
    return isNewDay ? `${text}\n${dayText(ms, before, " ")}` : text;
  });
}

/** The year stands with the first day of it that is labelled, and with none of this year. */
function dayText(ms: number, beforeSecond: number | undefined, gap: string): string {
  const of = year(ms);
  const isTold = of === year(beforeSecond === undefined ? Date.now() : beforeSecond * 1_000);
  return `${day(ms, ms)}${isTold ? "" : `${gap}${of}`}`;
}
