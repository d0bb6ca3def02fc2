import { signal } from "@preact/signals";

export type Zone = "local" | "utc";

const KEY = "weir.zone";

/** In which zone times are shown. The address holds moments, so a link means the same in both. */
export const zone = signal<Zone>(remembered());

export function toggleZone(): void {
  zone.value = zone.peek() === "utc" ? "local" : "utc";
  try {
    if (zone.peek() === "utc") localStorage.setItem(KEY, "utc");
    else localStorage.removeItem(KEY);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

function remembered(): Zone {
  try {
    return localStorage.getItem(KEY) === "utc" ? "utc" : "local";
  } catch {
    return "local";
  }
}
