import { computed, signal } from "@preact/signals";
import type { Frame, ServiceJson } from "../../core/live/frames.ts";
import { ask } from "../api/client.ts";
import { snapshot } from "../api/snapshot.ts";
import { noteServerTime, nowMs } from "./clock.ts";
import { type LinkState, LiveSocket } from "./socket.ts";

/** A rate is the mean of so many whole seconds: short enough to feel live, long enough to be read. */
export const RATE_SECONDS = 5;

/** Every service by name; undefined until the server has said. */
export const services = signal<ReadonlyMap<string, ServiceJson> | undefined>(
  snapshot && new Map(snapshot.services.services.map((service) => [service.name, service])),
);

export const overviewLink = signal<LinkState>({ kind: "connecting" });

/** The latest first. */
export const servicesByActivity = computed(() =>
  [...(services.value?.values() ?? [])].sort(
    (a, b) => (b.lastSeenMs ?? 0) - (a.lastSeenMs ?? 0) || a.name.localeCompare(b.name),
  ),
);

/** How many records a service (or all of them) has taken; what is asked about it is asked again when this grows. */
export function acknowledgedOf(service: string | undefined): number {
  if (service !== undefined) return services.value?.get(service)?.acknowledged ?? 0;
  return [...(services.value?.values() ?? [])].reduce((sum, { acknowledged }) => sum + acknowledged, 0);
}

export function rateOf(seconds: ServiceJson["seconds"], atMs: number): number {
  // The overview hears of a second up to two seconds later.
  const end = Math.floor(atMs / 1_000) - 1;
  const recent = seconds.filter(([second]) => second >= end - RATE_SECONDS && second < end);
  return recent.reduce((sum, [, count]) => sum + count, 0) / RATE_SECONDS;
}

export const totalRate = computed(() =>
  servicesByActivity.value.reduce((sum, { seconds }) => sum + rateOf(seconds, nowMs.value), 0),
);

export function startOverviewFeed(): LiveSocket {
  return new LiveSocket({
    address: () => "/api/live",
    onFrames: (frames) => {
      for (const frame of frames) take(frame);
    },
    onState: (state) => {
      overviewLink.value = state;
      // A refused upgrade does not say why: a question does, and shows the sign-in page if that is it.
      if (state.kind === "waiting") void ask("/api/services").catch(() => undefined);
    },
  });
}

function take(frame: Frame): void {
  if (frame.type !== "services") return;
  noteServerTime(frame.atMs);
  const next = new Map(services.peek());
  for (const service of frame.services) next.set(service.name, service);
  services.value = next;
}
