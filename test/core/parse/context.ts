import type { ParseContext } from "../../../core/parse/parser.ts";

/** Received at noon of 20 May 2024, in UTC, by a service with default settings. */
export const CONTEXT: ParseContext = { nowMs: Date.UTC(2024, 4, 20, 12), zone: "UTC", durationUnit: "ms" };

/** What a record holds: its fields without the absent ones. */
export const present = (record: object | undefined) =>
  record && Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
