const PAGES = [
  { path: "/", weight: 30, ms: 40 },
  { path: "/category/shoes", weight: 18, ms: 70 },
  { path: "/product/1042", weight: 16, ms: 55 },
  { path: "/product/1077", weight: 10, ms: 60 },
  { path: "/api/v1/cart", weight: 12, ms: 25, method: "POST" },
  { path: "/api/v1/checkout", weight: 5, ms: 320, method: "POST" },
  { path: "/search?q=trail+shoes", weight: 9, ms: 130 },
] as const;

const AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
] as const;

/** Networks of several countries; what follows the dot is made up. */
const NETWORKS = ["81.2.69", "89.160.20", "2.125.160", "175.16.199", "216.160.83", "67.43.156", "202.196.224"] as const;

/** A visitor in this many meets a fault; the checkout fails more often, so that there is something to find. */
const FAULT_SHARE = 0.02;
const CHECKOUT_FAULT_SHARE = 0.15;
const MISSING_SHARE = 0.03;

/** Lines of a shop that does not exist, as JSON. `random` gives numbers from 0 to 1, 1 left out. */
export function sampleLines(count: number, nowMs: number, random: () => number): string {
  return Array.from({ length: count }, () => JSON.stringify(sampleLine(nowMs, random))).join("\n");
}

function sampleLine(nowMs: number, random: () => number) {
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
  const page = weighted(random);
  const isCheckout = page.path.endsWith("/checkout");
  const isFault = random() < (isCheckout ? CHECKOUT_FAULT_SHARE : FAULT_SHARE);
  const isMissing = !isFault && random() < MISSING_SHARE;
  const status = isFault ? 502 : isMissing ? 404 : 200;
  return {
    time: new Date(nowMs).toISOString(),
    level: isFault ? "error" : isMissing ? "warn" : "info",
    method: "method" in page ? page.method : "GET",
    path: page.path,
    status,
    // Most answers are quick, a few are slow: the logarithm of a share is spread so.
    duration_ms: Math.round(page.ms * (0.5 - Math.log(1 - random())) * (isFault ? 8 : 1)),
    bytes: Math.round(400 + random() * 18_000),
    ip: `${pick(NETWORKS)}.${Math.floor(random() * 254) + 1}`,
    user_agent: pick(AGENTS),
    ...(isFault ? { message: "upstream payments-2: connection reset" } : {}),
    sample: true,
  };
}

const TOTAL = PAGES.reduce((sum, { weight }) => sum + weight, 0);

function weighted(random: () => number): (typeof PAGES)[number] {
  let left = random() * TOTAL;
  for (const page of PAGES) {
    left -= page.weight;
    if (left < 0) return page;
  }
  return PAGES[0];
}
