import { describe, expect, it } from "vitest";
import { SeenMeter, type Sighting } from "../../../core/live/seen-meter.ts";

const NOW_MS = Date.UTC(2026, 10, 22);
/** Written at 0, received at 10, asked at 40, painted at 60 (20 there, 10 held), heard at 80; the watcher's clock is right. */
const sighting = (change: Partial<Sighting> = {}, atMs = NOW_MS): Sighting => ({
  recordMs: atMs,
  edgeMs: atMs + 10,
  streamMs: atMs + 12,
  sentMs: atMs + 40,
  answeredMs: atMs + 70,
  heldMs: 10,
  watcherMs: atMs + 60,
  ...change,
});
const figuresOf = (...sightings: Sighting[]) => {
  const meter = new SeenMeter();
  for (const one of sightings) meter.add(one);
  return meter.figures();
};

describe("SeenMeter", () => {
  it("has nothing to say before the first sighting", () => {
    expect(figuresOf()).toBeUndefined();
  });

  it("puts the paint on the stream's clock by half the round trip", () => {
    expect(figuresOf(sighting())).toEqual({
      sightings: 1,
      p50Ms: 50,
      p95Ms: 50,
      sendP50Ms: 60,
      sendP95Ms: 60,
      senderAheadMs: 0,
      watcherAheadMs: 0,
    });
  });

  it("tells how much a watcher's clock is off", () => {
    expect(figuresOf(sighting({ watcherMs: NOW_MS + 60 - 5_000 }))).toMatchObject({
      watcherAheadMs: -5_000,
      p50Ms: 50,
    });
  });

  it("sets a sender's clock back that is ahead", () => {
    expect(figuresOf(sighting({ recordMs: NOW_MS + 2_010 }))).toMatchObject({ senderAheadMs: 2_000, sendP50Ms: 50 });
  });

  it("leaves the sender out where its times are whole seconds", () => {
    const figures = figuresOf(sighting({ recordMs: undefined }));
    expect(figures).toMatchObject({ p50Ms: 50 });
    expect(figures).not.toHaveProperty("sendP50Ms");
  });

  it("forgets what is older than five minutes", () => {
    expect(figuresOf(sighting(), sighting({}, NOW_MS + 300_000))).toMatchObject({ sightings: 2 });
    expect(figuresOf(sighting(), sighting({}, NOW_MS + 300_001))).toMatchObject({ sightings: 1 });
  });

  it("keeps the last 256", () => {
    expect(figuresOf(...Array.from({ length: 257 }, (_, at) => sighting({}, NOW_MS + at)))).toMatchObject({
      sightings: 256,
    });
  });
});
