const exactFormat = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const UNITS: [size: number, name: string][] = [
  [1e12, "T"],
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
];

/** Every digit: `4,621,907`. */
export const exact = (value: number): string => exactFormat.format(value);

/** Three significant digits from 10,000 on (`38.1 k`, `4.62 M`), every digit below: small counts are compared by eye. */
export function short(value: number): string {
  if (Math.abs(value) < 10_000) return exact(value);
  return withUnit(value, "");
}

/** For axes, where there is room for four characters: `500`, `1.5k`, `20k`. */
export function tiny(value: number): string {
  const unit = UNITS.find(([size]) => Math.abs(value) >= size);
  if (!unit) return value >= 10 || Number.isInteger(value) ? exact(value) : value.toFixed(1);
  const [size, name] = unit;
  return `${Number((value / size).toPrecision(3))}${name}`;
}

/** A rate per second without its unit: `1,284`, `12.4`, `0.3`. */
export function rate(perSecond: number): string {
  if (perSecond >= 10_000) return withUnit(perSecond, "");
  if (perSecond >= 100 || Number.isInteger(perSecond)) return exact(perSecond);
  return perSecond >= 10 ? perSecond.toFixed(1) : perSecond.toFixed(perSecond < 0.1 ? 2 : 1);
}

/** A share of 1 in percent, without the sign: `0.91`, `12.4`, `100`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value === 100) return String(value);
  if (value < 0.01) return "< 0.01";
  // Not quite all is never written as all.
  if (value > 99.9) return "99.9";
  return value < 10 ? value.toFixed(2) : value.toFixed(1);
}

/** How much a figure differs, relative: `+12.4 %`, `−100 %`, `±0 %`, and from tenfold on `× 24`. */
export function change(relative: number): string {
  if (relative >= 9) return `× ${exact(relative + 1)}`;
  const sign = relative > 0 ? "+" : relative < 0 ? "−" : "±";
  const value = Math.abs(relative) * 100;
  return `${sign}${value >= 100 || value === 0 ? exact(value) : percent(value / 100)} %`;
}

/** Decimal units, as disks and networks are sold: `203 kB`, `1.31 GB`. */
export const bytes = (value: number): string => (value < 1_000 ? `${exact(value)} B` : `${withUnit(value, "B")}`);

/** `0.4 ms`, `143 ms`, `1.24 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Number((ms / 1_000).toPrecision(3))} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

function withUnit(value: number, suffix: string): string {
  const [size, name] = UNITS.find(([least]) => Math.abs(value) >= least) ?? [1, ""];
  const scaled = value / size;
  const digits = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  return `${scaled.toFixed(digits)} ${name}${suffix}`;
}
