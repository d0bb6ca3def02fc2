import type { ComponentChildren } from "preact";
import type { Answer } from "../api/answer.ts";
import type { ApiFailure } from "../api/client.ts";
import { Icon } from "../icons/icon.tsx";

interface AnsweredProps<Value> {
  answer: Answer<Value>;
  /** Lines of the skeleton, as many as the answer will mostly have. */
  lines?: number;
  children: (value: Value) => ComponentChildren;
}

/** An answer in each of its states: not here yet, failed with the next step, here, or here and failed since. */
export function Answered<Value>({ answer, lines = 5, children }: AnsweredProps<Value>) {
  const { value, failure, again } = answer;
  if (value !== undefined) return <>{children(value)}</>;
  if (failure) return <Failure failure={failure} again={again} />;
  return <Skeleton lines={lines} />;
}

export function Failure({ failure, again }: { failure: ApiFailure; again: () => void }) {
  const isFilter = failure.code === "invalid_filter" || failure.code === "filter_too_large";
  // Asked again it would be refused again.
  const isOwn = isFilter || failure.code === "invalid_sql" || failure.code === "sql_refused";
  return (
    <div class="failure" role="alert">
      <Icon name={failure.code === "offline" ? "offline" : "alert"} />
      <div>
        <p>{isFilter ? `The filter is not understood: ${failure.message}` : failure.message}</p>
        <p class="faint">
          {isOwn ? (
            "Change it in the field above."
          ) : (
            <button type="button" class="link" onClick={again}>
              Ask again
            </button>
          )}
          {failure.requestId && !isOwn && <span class="mono"> request {failure.requestId.slice(0, 8)}</span>}
        </p>
      </div>
    </div>
  );
}

const WIDTHS = [92, 74, 83, 58, 67, 45, 78, 52];

export const Skeleton = ({ lines }: { lines: number }) => (
  <div class="skeleton" role="status">
    <span class="sr-only">Loading</span>
    {Array.from({ length: lines }, (_, at) => (
      <i key={at} style={{ width: `${WIDTHS[at % WIDTHS.length]}%` }} />
    ))}
  </div>
);

export const Empty = ({ children }: { children: ComponentChildren }) => <p class="empty">{children}</p>;
