import { AsyncLocalStorage } from "node:async_hooks";

type Details = Record<string, unknown> & { error?: unknown };

const context = new AsyncLocalStorage<Record<string, string>>();

/** Every log line of `work`, however deep, carries these: the `requestId` of a request, the `runId` of a queue or cron run. */
export const withLogContext = <Value>(fields: Record<string, string>, work: () => Value): Value =>
  context.run(fields, work);

/** What the log lines of this moment carry, to hand it on to another object. */
export const logContext = (): Record<string, string> => context.getStore() ?? {};

/**
 * Weir's own logs: one JSON object a line, with an `event` from docs/operations.md.
 * Warnings: unexpected, nothing lost. Errors: a person must look.
 */
export const logWarning = (event: string, details?: Details): void => console.warn(entryOf("warn", event, details));
export const logError = (event: string, details?: Details): void => console.error(entryOf("error", event, details));
export const logInfo = (event: string, details?: Details): void => console.log(entryOf("info", event, details));

/** Text, not an object: a console on a terminal prints objects in a form of its own, and Workers Logs read JSON text. */
function entryOf(level: string, event: string, { error, ...details }: Details = {}): string {
  const told = error === undefined ? {} : { error: String(error), stack: stackOf(level, error) };
  return JSON.stringify({ time: new Date().toISOString(), level, event, ...context.getStore(), ...details, ...told });
}

const stackOf = (level: string, error: unknown): string | undefined =>
  level === "error" && error instanceof Error ? error.stack : undefined;
