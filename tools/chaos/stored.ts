import { ask, countsOf } from "../../bench/api.ts";
import type { Server } from "../../bench/with-server.ts";
import type { StoredRecord } from "./judge.ts";

const PAGE = 5_000;

interface Page {
  records: (StoredRecord & { source: string })[];
  cursor?: string;
}

/** Reads every record of a service, page by page. */
export async function everyRecord(server: Server, service: string): Promise<Page["records"]> {
  const records: Page["records"] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({
      service,
      from: "0",
      order: "oldest",
      limit: String(PAGE),
      ...(cursor && { cursor }),
    });
    const page = await ask<Page>(server, `/api/logs?${query}`);
    for (const record of page.records) records.push(record);
    cursor = page.cursor;
  } while (cursor);
  return records;
}

/** The number of lines of a service, by the name of the place that was asked. They must all be the same. */
export async function totalsOf(server: Server, service: string): Promise<Record<string, number>> {
  const { acknowledged, stored } = await countsOf(server, service);
  const { services } = await ask<{ services: { name: string; records: number; acknowledged: number }[] }>(
    server,
    "/api/services",
  );
  const listed = services.find(({ name }) => name === service);
  const stats = await ask<{ buckets: { count: number }[] }>(
    server,
    `/api/stats?service=${service}&from=0&to=now&step=86400000`,
  );
  return {
    acknowledged,
    stored,
    "services.records": listed?.records ?? 0,
    "services.acknowledged": listed?.acknowledged ?? 0,
    summaries: stats.buckets.reduce((sum, { count }) => sum + count, 0),
    live: (await liveTotal(server, service)).count,
  };
}

/** The total that a watching browser is told first. */
function liveTotal(server: Server, service: string): Promise<{ count: number }> {
  const address = new URL(`/api/live?service=${service}&key=${server.token}`, server.url.replace(/^http/, "ws"));
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address);
    socket.onerror = () => reject(new Error("the live socket did not open"));
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(String(data)) as { type: string; total: { count: number } };
      if (frame.type !== "hello") return;
      resolve(frame.total);
      socket.close();
    };
  });
}
