const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map((name) =>
  packed(name, 0),
);
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].map((name) => packed(name, 0));

/** Three letters as one number, so that a name is compared without cutting it out of the line. */
function packed(text: string, at: number): number {
  return ((text.charCodeAt(at) | 32) << 16) | ((text.charCodeAt(at + 1) | 32) << 8) | (text.charCodeAt(at + 2) | 32);
}

/** 1-12 if an English month name or its first three letters begin at `at`, whatever their case; else 0. */
export const monthAt = (text: string, at: number): number => MONTHS.indexOf(packed(text, at)) + 1;

export const isWeekdayAt = (text: string, at: number): boolean => WEEKDAYS.includes(packed(text, at));

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Days from 1970-01-01 in the proleptic Gregorian calendar; month is 1-12. Source: Howard Hinnant, days_from_civil. */
function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

export function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= DAYS_IN_MONTH[month - 1]! && (month !== 2 || day < 29 || isLeapYear(year));
}

/** Milliseconds of a date and a clock time as if both were UTC. A leap second is the next minute's first. */
export function msOf(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  return ((daysOf(year, month, day) * 24 + hour) * 60 + minute) * 60_000 + second * 1_000;
}
