import { accessLog, type LogTruth } from "./access-log.ts";
import { ask, countsOf, untilStored } from "./api.ts";
import { archiveOnly } from "./archive-only.ts";
import { bodiesOf } from "./bodies-of.ts";
import { onConnections } from "./connection.ts";
import type { Figures } from "./figure.ts";
import { type BenchOptions, modesOf, numbersOf } from "./options.ts";
import { type Server, withServer } from "./with-server.ts";

const SERVICE = "bench";

/** Enough for the just-in-time compilers; a server that people use has been running. */
const WARM_UP_LINES = 40_000;

/**
 * From the first line sent until all are acknowledged, and until all are in the database and counted right.
 *
 * Client and server share the machine. Bodies are made before the clock runs.
 */
export async function ingest(figures: Figures, options: BenchOptions): Promise<void> {
  const { lines = "1000000", connections = "4", runs = "1" } = options;
  const tiers = (options.tiers ?? "hot,archive").split(",");
  const cases = tiers.flatMap((tier) => numbersOf(options.batch ?? "1000,5000").map((batch) => ({ tier, batch })));
  for (const mode of modesOf(options)) {
    for (const { tier, batch } of cases) {
      const results: Result[] = [];
      for (let run = 0; run < Number(runs); run++) {
        results.push(
          await withServer(mode, async (server) => {
            if (tier === "archive") await archiveOnly(server, [SERVICE, "warm-up"]);
            return measure(server, Number(lines), batch, Number(connections));
          }),
        );
      }
      const kept = tier === "archive" ? "archive only" : "hot rows";
      const how = `${kept}, batches of ${batch}, npm ${mode === "start" ? "start" : "run dev"}`;
      figures.add(
        `acknowledged, ${how}`,
        results.map(({ acknowledged }) => acknowledged),
        "lines/s",
      );
      figures.add(
        `queryable, ${how}`,
        results.map(({ queryable }) => queryable),
        "lines/s",
      );
    }
  }
}

interface Result {
  /** Lines a second. */
  acknowledged: number;
  queryable: number;
}

async function measure(server: Server, lines: number, batch: number, connections: number): Promise<Result> {
  const dayAgo = Date.now() - 24 * 3_600_000;
  await send(server, "warm-up", bodiesOf(accessLog(2, WARM_UP_LINES, dayAgo), WARM_UP_LINES, batch), connections);
  await untilStored(server, "warm-up", WARM_UP_LINES);
  const log = accessLog(1, lines, dayAgo);
  const bodies = bodiesOf(log, lines, batch);

  const startMs = performance.now();
  await send(server, SERVICE, bodies, connections);
  const acknowledgedMs = performance.now() - startMs;
  await untilStored(server, SERVICE, lines);
  const queryableMs = performance.now() - startMs;
  await check(server, log.truth);
  return { acknowledged: (lines / acknowledgedMs) * 1_000, queryable: (lines / queryableMs) * 1_000 };
}

async function send(server: Server, service: string, bodies: Buffer[], connections: number): Promise<void> {
  let next = 0;
  await onConnections(connections, server, async (connection) => {
    const body = bodies[next++];
    if (!body) return false;
    const { status, text } = await connection.post(`/ingest/${service}`, body);
    if (status !== 200) throw new Error(`a batch was answered ${status}: ${text.slice(0, 300)}`);
    return true;
  });
}

/** A rate counts only if every line arrived once: the database's counts must be the generator's own. */
async function check(server: Server, truth: LogTruth): Promise<void> {
  const { stored, unconfirmed } = await countsOf(server, SERVICE);
  const top = `/api/top/status?service=${SERVICE}&from=0&limit=100`;
  const { values } = await ask<{ values: { value: string; count: number }[] }>(server, top);
  const found = Object.fromEntries(values.map(({ value, count }) => [String(value), count]));
  const expected = JSON.stringify(Object.entries(truth.statuses).sort());
  const given = JSON.stringify(Object.entries(found).sort());
  if (stored !== truth.lines || unconfirmed !== 0 || given !== expected) {
    throw new Error(`counts differ: ${stored} of ${truth.lines} stored, statuses ${given}, sent ${expected}`);
  }
}
