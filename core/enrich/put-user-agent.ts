import type { LogRecord } from "../record.ts";
import { knownAgent } from "./user-agent/agent-of.ts";

/** Browser, operating system, kind of device and bot of a user agent text. */
export function putUserAgent(record: LogRecord): void {
  if (record.userAgent === undefined || record.userAgent === "") return;
  const { text, agent } = knownAgent(record.userAgent);
  record.userAgent = text;
  record.browser = agent.browser;
  record.os = agent.os;
  record.device = agent.device;
  record.bot = agent.bot;
}
