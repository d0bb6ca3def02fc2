import { isCompared } from "../address/scope.ts";
import type { ChangeAnswer } from "../api/answers.ts";
import type { Scope } from "../api/questions.ts";
import { lazy } from "../shell/lazy.tsx";

const AskedChange = lazy(async () => (await import("./asked-change.tsx")).AskedChange, 0);

export interface ChangeProps {
  scope: Scope;
  of: keyof ChangeAnswer["compare"]["change"];
  /** More of it is bad news. */
  isCost?: boolean;
}

/** By how much a figure differs from yesterday's, where that is asked for. */
export const Change = (props: ChangeProps) =>
  isCompared.value && props.scope.range.kind !== "all" ? <AskedChange {...props} /> : null;
