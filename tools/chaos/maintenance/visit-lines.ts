import { Random } from "../../simulate/random.ts";

/** Whom `forget` is asked to forget. */
export const PERSON = "203.0.113.77";

const DAY_MS = 86_400_000;
/** Two whole days: a day can be asked for by minutes, and both take part in every merge. */
const DAYS = 2;
const PATHS = ["/", "/cart", "/checkout", "/items/1", "/items/2", "/items/3", "/search?q=shoes", "/login", "/healthz"];
const STATUSES = [200, 200, 200, 200, 304, 302, 404, 500];
const BROWSERS = [
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0",
  "curl/8.11.0",
];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Access lines of visits before the day `endMs` is in, in order of nothing: few enough different values that every top list is exact,
 * so that two answers about them are the same or one is wrong.
 */
export function visitLines(
  seed: number,
  count: number,
  endMs: number,
): { fromMs: number; days: number; lines: string[] } {
  const random = new Random(seed);
  const fromMs = Math.floor(endMs / DAY_MS) * DAY_MS - DAYS * DAY_MS;
  const lines = Array.from({ length: count }, () => {
    const ip = random.chance(0.03) ? PERSON : `198.51.100.${random.int(60)}`;
    // By the quarter of an hour: many records a minute, as a service has them.
    const tsMs = fromMs + random.int(DAYS * 96) * 900_000 + random.int(60_000);
    const bytes = Math.round(random.around(4_000, 1));
    const seconds = random.around(0.08, 1).toFixed(3);
    return `${ip} - - [${accessTime(tsMs)}] "GET ${random.pick(PATHS)} HTTP/1.1" ${random.pick(STATUSES)} ${bytes} "-" "${random.pick(BROWSERS)}" ${seconds}`;
  });
  return { fromMs, days: DAYS, lines };
}

function accessTime(tsMs: number): string {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(.{8})/.exec(new Date(tsMs).toISOString())!;
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
}
