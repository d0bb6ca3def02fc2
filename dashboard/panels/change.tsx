import { isCompared } from "../address/scope.ts";
import type { ChangeAnswer } from "../api/answers.ts";
import type { Scope } from "../api/questions.ts";
import { change as changeText } from "../format/number.ts";
import { useChange } from "../series/use-scope-answer.ts";

interface ChangeProps {
  scope: Scope;
  of: keyof ChangeAnswer["compare"]["change"];
  /** More of it is bad news. */
  isCost?: boolean;
}

/** By how much a figure differs from yesterday's, where that is asked for. */
export const Change = (props: ChangeProps) =>
  isCompared.value && props.scope.range.kind !== "all" ? <Asked {...props} /> : null;

function Asked({ scope, of, isCost = false }: ChangeProps) {
  const { value } = useChange(scope);
  if (!value) return null;
  const change = value.compare.change[of];
  if (change === null)
    return (
      <small class="change" title="Yesterday at this time there was nothing">
        new
      </small>
    );
  const meaning = isCost && change !== 0 ? (change > 0 ? "bad" : "ok") : "";
  return (
    <small class={`change num ${meaning}`} title="Compared with the same time yesterday">
      {changeText(change)}
    </small>
  );
}
