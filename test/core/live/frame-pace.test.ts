import { expect, it } from "vitest";
import { countersEveryMs, FRAME_EVERY_MS } from "../../../core/live/frame-pace.ts";

it.each([
  [0, FRAME_EVERY_MS],
  [400, FRAME_EVERY_MS],
  [401, FRAME_EVERY_MS + 1],
  [1_000, 250],
])("gives each of %i watchers counters every %i ms", (watchers, everyMs) => {
  expect(countersEveryMs(watchers)).toBe(everyMs);
});
