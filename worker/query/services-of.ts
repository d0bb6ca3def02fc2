import type { ServiceJson } from "../../core/live/frames.ts";
import { announcedServices, type Env } from "../env.ts";

/** Every service, or the one that is asked for. Unknown ones simply have no records. */
export async function servicesOf(env: Env, service: string | undefined): Promise<string[]> {
  return service === undefined ? (await announcedServices(env)).map(({ name }) => name) : [service];
}

/** Streams that may hold records which the database does not have: written to lately, or known to be behind. */
export async function unsettledServices(env: Env, service: string | undefined, nowMs: number): Promise<string[]> {
  if (service !== undefined) return [service];
  return (await announcedServices(env)).filter((known) => isUnsettled(known, nowMs)).map(({ name }) => name);
}

/** A stream reports each second while it is written to; one without a report has just begun. */
const isUnsettled = ({ unconfirmed, lastSeenMs }: ServiceJson, nowMs: number): boolean =>
  unconfirmed > 0 || lastSeenMs === undefined || nowMs - lastSeenMs < 600_000;
