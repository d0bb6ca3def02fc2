import { rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Level } from "../../../core/record.ts";
import { startChild } from "../child.ts";
import { writeConfiguration } from "../configuration.ts";
import { cacheFolder } from "../install/cache.ts";
import { npmFolder } from "../install/npm.ts";
import type { SenderTest } from "../sender-test.ts";
import { isoOf, type Sent } from "../sent.ts";

/**
 * An application that logs the records of its standard input with the logger of the configuration. Its clock stands at each
 * record's time while that is logged: the loggers take the time from nowhere else.
 */
const application = (log: string): string => `import { createInterface } from "node:readline";
const RealDate = Date;
let nowMs;
globalThis.Date = class extends RealDate {
  constructor(...parts) { super(...(parts.length === 0 && nowMs !== undefined ? [nowMs] : parts)); }
  static now() { return nowMs ?? RealDate.now(); }
};
const { logger } = await import("./logger.mjs");
for await (const line of createInterface({ input: process.stdin })) {
  const { timeUs, level, message, fields } = JSON.parse(line);
  nowMs = Math.floor(timeUs / 1000);
  ${log}
  await new Promise((resolve) => setImmediate(resolve));
  nowMs = undefined;
}
`;

interface Logger {
  name: string;
  levels: readonly Level[];
  /** JavaScript that logs level, message and fields. */
  log: string;
  /** Of a second; 3 where it has nothing finer. */
  digits?: 3 | 6;
  /** Where it puts what it knows no place for. */
  attrs?(fields: object): object;
}

const WINSTON: Pick<Logger, "levels" | "log"> = {
  levels: ["trace", "debug", "info", "warn", "error"],
  log: 'logger.log({ level: level === "trace" ? "silly" : level, message, ...fields });',
};

const OPENTELEMETRY: Pick<Logger, "levels" | "log" | "digits"> = {
  levels: ["trace", "debug", "info", "warn", "error", "fatal"],
  digits: 6,
  log: `const severityText = level.toUpperCase();
  const severityNumber = { trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21 }[level];
  const timestamp = [Math.floor(timeUs / 1e6), (timeUs % 1e6) * 1000];
  logger.emit({ timestamp, severityNumber, severityText, body: message, attributes: fields });`,
};

const LOGGERS: Logger[] = [
  {
    name: "pino-loki",
    levels: ["trace", "debug", "info", "warn", "error", "fatal"],
    log: "logger[level](fields, message);",
  },
  { name: "winston-loki", ...WINSTON },
  { name: "winston-elasticsearch", ...WINSTON, attrs: (fields) => ({ fields }) },
  { name: "opentelemetry-js-http", ...OPENTELEMETRY },
  { name: "opentelemetry-js-proto", ...OPENTELEMETRY },
];

const expectedWith =
  ({ digits = 3, attrs = (fields) => fields }: Logger) =>
  ({ timeUs, level, fields: { order, amount, user } }: Sent) => ({
    ...{ time: isoOf(timeUs, digits), level, user, attrs: attrs({ order, amount }) },
  });

export const nodeLoggers: SenderTest[] = LOGGERS.map(({ name, levels, log, ...logger }) => ({
  name,
  levels,
  expected: expectedWith({ name, levels, log, ...logger }),
  install: npmFolder,
  async start(target, folder) {
    npmFolder();
    // Below node_modules, where Node finds the packages from.
    const project = cacheFolder("npm", `run-${basename(folder)}`);
    writeConfiguration(name, target, project);
    writeFileSync(join(project, "application.mjs"), application(log));
    const child = startChild(process.execPath, [join(project, "application.mjs")], folder);
    return {
      async send(records) {
        child.process.stdin!.write(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
      },
      async stop() {
        await child.kill();
        rmSync(project, { recursive: true, force: true });
      },
    };
  },
}));
