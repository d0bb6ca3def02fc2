import type { ServicesFrame } from "../../core/live/frames.ts";
import type { ActivityRange } from "../../core/live/range-of-activity.ts";
import { scopeKey } from "../address/scope.ts";
import { rangeOf } from "../time/range.ts";
import type { StatsAnswer } from "./answers.ts";

interface PageSnapshot {
  services: ServicesFrame;
  scope?: { service?: string; range: ActivityRange };
  stats?: StatsAnswer;
  totals?: StatsAnswer;
}

/** What the page arrived with, for who is signed in: worker/routes/page-snapshot.ts. The first paint has its figures. */
export const snapshot: PageSnapshot | undefined = read();

function read(): PageSnapshot | undefined {
  const text = globalThis.document?.getElementById("snapshot")?.textContent;
  return text ? (JSON.parse(text) as PageSnapshot) : undefined;
}

/** The answer to a question of that key that the page arrived with. */
export function seedOf(key: string): unknown {
  if (!snapshot?.scope) return undefined;
  const { service, range } = snapshot.scope;
  const of = scopeKey({ service, range: rangeOf(range)!, q: "" });
  return key === `stats ${of}` ? snapshot.stats : key === `totals ${of}` ? snapshot.totals : undefined;
}
