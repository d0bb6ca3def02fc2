import { chooseRange } from "../address/scope.ts";
import { Icon } from "../icons/icon.tsx";
import type { Scene } from "../panels/scene.ts";
import { useTop } from "../series/use-scope-answer.ts";

/** Where lines arrived in this range whose own times lie elsewhere: says why the lists are empty, and leads to them. */
export function OwnTimeNotice({ scope, series }: Scene) {
  const { value, isEarlier } = useTop(scope, "level", 1);
  const bars = series.value.value;
  const received = bars?.basis === "received" ? bars.buckets.reduce((sum, { count }) => sum + count, 0) : 0;
  const hasOwn = value === undefined || isEarlier || value.values.length > 0 || value.other > 0;
  if (received === 0 || hasOwn) return null;
  return (
    <div class="notice">
      <Icon name="alert" />
      <p>
        The lines that arrived in this time carry times of their own from another. Charts count them as they were
        received; the lists below go by their own time.
      </p>
      <button type="button" class="button small" onClick={() => chooseRange({ kind: "all" })}>
        Show everything
      </button>
    </div>
  );
}
