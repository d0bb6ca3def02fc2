import type { StatusClass } from "../api/answers.ts";
import { exact, percent, short } from "../format/number.ts";
import { addTally, emptyTally } from "../live/tally.ts";
import { Empty, Failure, Skeleton } from "./answered.tsx";
import { FilterButton } from "./filter-button.tsx";
import { STATUS_CLASSES, STATUS_MEANING } from "./levels.ts";
import { Panel } from "./panel.tsx";
import type { Scene } from "./scene.ts";

/** Answers by their class. */
export function Status({ series }: Scene) {
  const { value, failure, again, isEarlier } = series.value;
  if (!value)
    return (
      <Panel title="Status">{failure ? <Failure failure={failure} again={again} /> : <Skeleton lines={4} />}</Panel>
    );
  const sum = emptyTally();
  for (const bucket of value.buckets) addTally(sum, bucket);
  const classes = STATUS_CLASSES.filter((name) => sum.statuses[name] || (name !== "1xx" && sum.count > 0));
  const total = classes.reduce((all, name) => all + (sum.statuses[name] ?? 0), 0);
  return (
    <Panel
      title="Status"
      class="status-panel"
      note={total > 0 ? `${short(total)} answers` : undefined}
      isEarlier={isEarlier}
    >
      {total === 0 ? (
        <Empty>{sum.count === 0 ? "Nothing in this range." : "These records carry no HTTP status."}</Empty>
      ) : (
        <table class="bars">
          <caption class="sr-only">Answers by status class</caption>
          <tbody>
            {classes.map((name) => (
              <StatusRow key={name} name={name} count={sum.statuses[name] ?? 0} total={total} />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function StatusRow({ name, count, total }: { name: StatusClass; count: number; total: number }) {
  return (
    <tr>
      <th scope="row">
        <FilterButton field="status" value={name} class="mono">
          {name}
        </FilterButton>
        <span class="faint wide-only">{STATUS_MEANING[name]}</span>
      </th>
      <td class="meter-cell">
        <div class="meter" aria-hidden="true">
          <i style={{ width: `${(count / total) * 100}%`, background: `var(--status-${name})` }} />
        </div>
      </td>
      <td class="n">{short(count)}</td>
      <td class="n faint" title={`${exact(count)} of ${exact(total)}`}>
        {percent(count / total)} %
      </td>
    </tr>
  );
}
