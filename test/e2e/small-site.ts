import { send } from "./open-page.ts";
import type { TestServer } from "./server.ts";

const STATUSES = [200, 200, 200, 304, 404, 500];
const LINES = 300;

/** The last 30 minutes of a small site, and two awkward records of its shop: 302 records in all. */
export async function sendSmallSite(server: TestServer): Promise<void> {
  await send(server, "web", Array.from({ length: LINES }, (_, at) => JSON.stringify(requestOf(at))).join("\n"));
  const order = `{"level":"error","message":"payment refused","order":{"id":7}}`;
  await send(server, "shop", `${order}\nplain text with a very-long-word-${"x".repeat(400)}`);
}

const requestOf = (at: number) => ({
  time: new Date(Date.now() - at * 6_000).toISOString(),
  method: "GET",
  path: `/items/${at % 7}`,
  status: STATUSES[at % 6],
  duration_ms: (at % 40) + 3,
  ip: `85.181.35.${at % 90}`,
  level: at % 6 === 5 ? "error" : "info",
  referrer: "https://example.com/",
  user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
});
