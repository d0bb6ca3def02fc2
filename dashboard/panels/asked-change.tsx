import { change as changeText } from "../format/number.ts";
import { useChange } from "../series/use-scope-answer.ts";
import type { ChangeProps } from "./change.tsx";

/** The figure of this time against the one of the same time yesterday. */
export function AskedChange({ scope, of, isCost = false }: ChangeProps) {
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
