import type { ComponentChildren } from "preact";
import type { TopAnswer } from "../api/answers.ts";
import { exact, short } from "../format/number.ts";
import { useTop } from "../series/use-scope-answer.ts";
import { Answered, Empty } from "./answered.tsx";
import { FilterButton } from "./filter-button.tsx";
import { Panel } from "./panel.tsx";
import type { Scene } from "./scene.ts";

export interface TopListProps extends Pick<Scene, "scope"> {
  title: string;
  /** As the API names it; also the filter's field unless `field` says another. */
  dimension: string;
  field?: string;
  limit?: number;
  /** What is said when no record has such a value; without it the panel is not shown then. */
  empty?: string;
  /** How a value is shown; as it is otherwise. */
  show?: (value: string) => ComponentChildren;
}

/** The most frequent values of one dimension, as bars that filter when clicked. */
export function TopList({ title, dimension, field = dimension, limit = 8, empty, show, scope }: TopListProps) {
  const answer = useTop(scope, dimension, limit);
  if (empty === undefined && answer.value?.values.length === 0) return null;
  return (
    <Panel title={title} note={answer.value && <Exactness answer={answer.value} />} isEarlier={answer.isEarlier}>
      <Answered answer={answer} lines={limit}>
        {({ values, other }) =>
          values.length === 0 ? (
            <Empty>{empty}</Empty>
          ) : (
            <table class="ranking">
              <caption class="sr-only">{title} by number of records</caption>
              <tbody>
                {values.map(({ value, count }) => (
                  <tr key={value} style={{ "--share": `${(count / values[0]!.count) * 100}%` }}>
                    <th scope="row">
                      <FilterButton field={field} value={value}>
                        {show ? show(value) : value}
                      </FilterButton>
                    </th>
                    <td class="n" title={exact(count)}>
                      {short(count)}
                    </td>
                  </tr>
                ))}
                {other > 0 && (
                  <tr class="rest">
                    <th scope="row">others</th>
                    <td class="n">{short(other)}</td>
                  </tr>
                )}
              </tbody>
            </table>
          )
        }
      </Answered>
    </Panel>
  );
}

function Exactness({ answer: { errorBound, partial } }: { answer: TopAnswer }) {
  if (partial) return <b class="partial">partial</b>;
  return errorBound > 0 ? <span title="Counts of rare values are estimates">± {short(errorBound)}</span> : null;
}
