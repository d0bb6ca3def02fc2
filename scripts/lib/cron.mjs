/**
 * Fires cron triggers on time, which no local runtime does by itself. Minute granularity, UTC, five fields with `*`,
 * lists, ranges and steps: what the platform takes in numbers.
 */
export function fireCrons(expressions, fire) {
  const matchers = expressions.map((text) => ({ text, matches: matcherOf(text) }));
  let timer;
  const schedule = () => {
    const waitMs = 60_000 - (Date.now() % 60_000);
    timer = setTimeout(() => {
      const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
      for (const { text, matches } of matchers) if (matches(minute)) void fire(text, minute);
      schedule();
    }, waitMs);
  };
  schedule();
  return () => clearTimeout(timer);
}

export function matcherOf(expression) {
  const [minute, hour, day, month, weekday] = expression.trim().split(/\s+/);
  // The platform counts weekdays from 1, Sunday.
  const fields = [
    [minute, 0, 59, (date) => date.getUTCMinutes()],
    [hour, 0, 23, (date) => date.getUTCHours()],
    [day, 1, 31, (date) => date.getUTCDate()],
    [month, 1, 12, (date) => date.getUTCMonth() + 1],
    [weekday, 1, 7, (date) => date.getUTCDay() + 1],
  ].map(([text, least, most, of]) => ({ allowed: allowedOf(text, least, most), of }));
  return (date) => fields.every(({ allowed, of }) => allowed.has(of(date)));
}

function allowedOf(text, least, most) {
  const allowed = new Set();
  for (const part of text.split(",")) {
    const [range, step = "1"] = part.split("/");
    const [from, to] = range === "*" ? [least, most] : range.split("-").map(Number);
    const last = to ?? (part.includes("/") ? most : from);
    for (let value = from; value <= last; value += Number(step)) allowed.add(value);
  }
  return allowed;
}
