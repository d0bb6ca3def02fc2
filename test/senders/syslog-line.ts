import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Level } from "../../core/record.ts";
import { isoOf, type Sent } from "./sent.ts";

export const SYSLOG_LEVELS = ["debug", "info", "warn", "error", "fatal"] as const satisfies Level[];

export const SEVERITY: Record<(typeof SYSLOG_LEVELS)[number], number> = {
  debug: 7,
  info: 6,
  warn: 4,
  error: 3,
  fatal: 2,
};

/** RFC 5424, facility local0. */
export const syslogLine = ({ timeUs, level, message }: Sent): string =>
  `<${128 + SEVERITY[level as keyof typeof SEVERITY]}>1 ${isoOf(timeUs, 6)} web-1 shop 4242 - - ${message}\n`;

/** What syslog can carry of a record. */
export const expectedOfSyslog = ({ timeUs, level }: Sent) => ({
  ...{ time: isoOf(timeUs, 6), level, host: "web-1", app: "shop", pid: "4242" },
});

/** Connects to a daemon that is about to listen. */
export async function connectTo(port: number): Promise<Socket> {
  for (let attempt = 0; attempt < 150; attempt++) {
    const socket = await new Promise<Socket | undefined>((resolve) => {
      const trial = connect(port, "127.0.0.1");
      trial.once("connect", () => resolve(trial));
      trial.once("error", () => resolve(undefined));
    });
    if (socket) return socket.on("error", () => {});
    await sleep(100);
  }
  throw new Error(`nobody listens on port ${port}`);
}
