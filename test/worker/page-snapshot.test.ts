import { expect, it, vi } from "vitest";
import { asData } from "../../worker/routes/page-snapshot.ts";
import { accessLine, ask, json, post, TOKEN } from "./ask.ts";

const page = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  ask(path, { headers: { Accept: "text/html", "X-No-Key": "1", ...headers } });

const snapshotIn = (html: string): string | undefined =>
  /<script type="application\/json" id="snapshot">(.*?)<\/script>/s.exec(html)?.[1];

async function cookie(): Promise<string> {
  const response = await ask("/api/session", {
    method: "POST",
    headers: { "X-No-Key": "1", "Content-Type": "application/json" },
    body: JSON.stringify({ token: TOKEN }),
  });
  return response.headers.get("Set-Cookie")!.split(";")[0]!;
}

it("gives the services and their figures to who is signed in, and lets no cache keep them", async () => {
  await post("/ingest/snapped", accessLine({ time: clf(new Date()) }));
  // The overview hears of a new service a moment after its first line.
  await vi.waitFor(
    async () => {
      const { services } = await json<{ services: { acknowledged: number }[] }>(ask("/api/services"));
      expect(services).toContainEqual(expect.objectContaining({ name: "snapped", acknowledged: 1 }));
    },
    { timeout: 15_000, interval: 100 },
  );
  const response = await page("/service/snapped", { Cookie: await cookie() });
  const snapshot = JSON.parse(snapshotIn(await response.text())!);
  expect(snapshot.services.services).toContainEqual(expect.objectContaining({ name: "snapped" }));
  expect(snapshot.scope).toEqual({ service: "snapped", range: "5m" });
  expect(snapshot.totals.buckets).toEqual([expect.objectContaining({ count: 1 })]);
  expect(response.headers.get("Cache-Control")).toBe("private, no-store");
});

it("gives nobody else anything", async () => {
  await post("/ingest/snapped", accessLine());
  for (const headers of [{}, { Cookie: "weir_session=forged" }] as Record<string, string>[]) {
    const html = await (await page("/", headers)).text();
    expect(html).toContain('<div id="app">');
    expect(snapshotIn(html)).toBeUndefined();
    expect(html).not.toContain("snapped");
  }
});

it("leaves the figures to the page where the address asks for others", async () => {
  await post("/ingest/snapped", accessLine());
  const html = await (await page("/?range=24h", { Cookie: await cookie() })).text();
  expect(JSON.parse(snapshotIn(html)!)).not.toHaveProperty("stats");
});

it("writes data that cannot end its element", () => {
  const text = asData({ name: "</script><img src=x>" });
  expect(text).not.toContain("<");
  expect(JSON.parse(text)).toEqual({ name: "</script><img src=x>" });
});

/** `22/Nov/2026:10:00:00 +0000`. */
function clf(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) (\S+)/.exec(date.toUTCString())!;
  return `${day}/${month}/${year}:${time} +0000`;
}
