import { scopeKey } from "../address/scope.ts";
import { type Answer, useAnswer } from "../api/answer.ts";
import type { ChangeAnswer, GroupsAnswer, StatsAnswer, TopAnswer } from "../api/answers.ts";
import { askChange, askGroupFigures, askStats, askTotals, type Scope } from "../api/questions.ts";
import { askTop, turnOfTops } from "../api/top-lists.ts";
import { nowMs } from "../live/clock.ts";
import { acknowledgedOf, overviewLink } from "../live/overview-feed.ts";

/** A relative range moves even when nothing arrives: asked again so often. */
const SLIDE_MS = 30_000;

const EVERY_MS = { "5m": 2_000, "15m": 2_000, "1h": 3_000, "24h": 10_000 } as const;

/** Fresh whenever its service has taken more, at a pace that suits the range. Idle services cost nothing. */
export function paceOf({ service, range, q }: Scope) {
  const isRelative = range.kind === "relative";
  return {
    changes: () =>
      [acknowledgedOf(service), overviewLink.value.kind, isRelative && Math.floor(nowMs.value / SLIDE_MS)].join(" "),
    everyMs: Math.max(q === "" ? 0 : 4_000, range.kind === "relative" ? EVERY_MS[range.key] : 3_000),
  };
}

export const useStats = (scope: Scope): Answer<StatsAnswer> =>
  useAnswer(`stats ${scopeKey(scope)}`, (signal) => askStats(scope, signal), paceOf(scope));

export const useTotals = (scope: Scope): Answer<StatsAnswer> =>
  useAnswer(`totals ${scopeKey(scope)}`, (signal) => askTotals(scope, signal), paceOf(scope));

/** Yesterday does not change; today's part of it is asked again now and then. */
export const useChange = (scope: Scope): Answer<ChangeAnswer> =>
  useAnswer(`change ${scopeKey(scope)}`, (signal) => askChange(scope, signal), { ...paceOf(scope), everyMs: 15_000 });

export const useTop = (scope: Scope, dimension: string, limit: number): Answer<TopAnswer> =>
  useAnswer(`top ${dimension} ${limit} ${scopeKey(scope)}`, (signal) => askTop(scope, dimension, limit, signal), {
    ...paceOf(scope),
    turn: turnOfTops(scope, limit),
  });

/** Records are counted one by one for it: asked again so rarely. */
const COUNTED_EVERY_MS = 60_000;

/** Errors and response times by one name; nothing is asked without a scope. */
export const useGroupFigures = (scope: Scope | undefined, name: string): Answer<GroupsAnswer | undefined> =>
  useAnswer(
    `figures ${name} ${scope ? scopeKey(scope) : ""}`,
    async (signal) => (scope ? await askGroupFigures(scope, name, signal) : undefined),
    { changes: () => `${acknowledgedOf(scope?.service)} ${overviewLink.value.kind}`, everyMs: COUNTED_EVERY_MS },
  );
