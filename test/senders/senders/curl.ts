import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Level } from "../../../core/record.ts";
import { type Child, startChild } from "../child.ts";
import { configurationOf } from "../configuration.ts";
import { CannotInstall } from "../install/cache.ts";
import type { SenderTest } from "../sender-test.ts";
import { isoOf, type Sent } from "../sent.ts";

const LEVELS: Level[] = ["trace", "debug", "info", "warn", "error", "fatal"];

interface Body {
  name: string;
  /** The file that the command of the configuration sends. */
  file: string;
  text(records: readonly Sent[]): string;
  levels?: Level[];
}

const seconds = (timeUs: number): number => timeUs / 1e6;
const lines = (records: readonly Sent[], of: (sent: Sent) => unknown): string =>
  records.map((record) => `${JSON.stringify(of(record))}\n`).join("");

const BODIES: Body[] = [
  {
    name: "curl",
    file: "access.log",
    text: (records) =>
      lines(records, ({ timeUs, level, message, fields }) => ({ time: isoOf(timeUs, 6), level, message, ...fields })),
  },
  {
    name: "splunk-hec",
    file: "events.json",
    text: (records) =>
      lines(records, ({ timeUs, level, message, fields }) => ({
        ...{ time: seconds(timeUs), event: { level, message, ...fields } },
      })),
  },
  {
    name: "datadog-serverless",
    file: "logs.json",
    text: (records) =>
      JSON.stringify(
        records.map(({ timeUs, level, message, fields }) => ({
          ...{ timestamp: isoOf(timeUs, 6), status: level, message, ...fields },
        })),
      ),
  },
  {
    name: "gelf",
    file: "messages.gelf",
    levels: ["debug", "info", "warn", "error", "fatal"],
    text: (records) =>
      lines(records, ({ timeUs, level, message, fields: { order, amount, user } }) => ({
        ...{ version: "1.1", timestamp: seconds(timeUs), short_message: message, host: "web-1" },
        ...{ level: { debug: 7, info: 6, warn: 4, error: 3, fatal: 2, trace: 7 }[level] },
        ...{ _order: order, _amount: amount, _user: user },
      })),
  },
];

function install(): void {
  try {
    execFileSync("curl", ["--version"], { stdio: "ignore" });
  } catch {
    throw new CannotInstall("curl is not installed");
  }
}

/** The command of each configuration, as it is pasted into a shell, with a file of records beside it. */
export const curlSenders: SenderTest[] = BODIES.map(({ name, file, text, levels = LEVELS }) => ({
  name,
  levels,
  expected: ({ timeUs, level, fields: { order, amount, user } }) => ({
    ...{ time: isoOf(timeUs, 6), level, user, attrs: { order, amount } },
  }),
  install,
  async start(target, folder) {
    const { run } = configurationOf(name, target);
    let last: Child | undefined;
    return {
      async send(records) {
        // One file after another, as a person would.
        await last?.ended;
        writeFileSync(join(folder, file), text(records));
        last = startChild("sh", ["-c", run!], folder);
      },
      stop: async () => last?.kill(),
    };
  },
}));
