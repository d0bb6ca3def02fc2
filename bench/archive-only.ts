import { setTimeout as sleep } from "node:timers/promises";
import type { Server } from "./with-server.ts";

/**
 * Sends these services to the archive at once. Before their first line, so that no isolate remembers other settings. Tried for some seconds:
 * a server is healthy a moment before its tables are there.
 */
export async function archiveOnly({ url, token }: Server, services: readonly string[]): Promise<void> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  for (const service of services) {
    for (let tries = 20; ; tries--) {
      const answer = await fetch(`${url}/api/services/${service}`, { method: "PUT", headers, body: '{"hotDays":0}' });
      if (answer.ok) break;
      if (tries === 0) throw new Error(`settings were answered ${answer.status}: ${await answer.text()}`);
      await sleep(250);
    }
  }
}
