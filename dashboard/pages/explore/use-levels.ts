import { scopeKey } from "../../address/scope.ts";
import { type Answer, useAnswer } from "../../api/answer.ts";
import type { LevelsAnswer } from "../../api/answers.ts";
import { ask } from "../../api/client.ts";
import { type Scope, scopeQuery, stepOf } from "../../api/questions.ts";
import { paceOf } from "../../series/use-scope-answer.ts";

/** How many of which level; a filter is answered in a quarter of the time that all figures take. */
export const useLevels = (scope: Scope): Answer<LevelsAnswer> =>
  useAnswer(
    `levels ${scopeKey(scope)}`,
    (signal) =>
      ask<LevelsAnswer>("/api/stats", {
        query: { ...scopeQuery(scope), step: stepOf(scope), only: "count,levels" },
        signal,
      }),
    paceOf(scope),
  );
