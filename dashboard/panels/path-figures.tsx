import { useRef } from "preact/hooks";
import { address, hrefWith } from "../address/address.ts";
import type { GroupsAnswer, TopAnswer } from "../api/answers.ts";
import { duration, exact, percent, short } from "../format/number.ts";
import { useGroupFigures, useTop } from "../series/use-scope-answer.ts";
import { useSeen } from "../shell/use-seen.ts";
import { Answered, Empty } from "./answered.tsx";
import { FilterButton } from "./filter-button.tsx";
import { Panel } from "./panel.tsx";
import "./path-figures.css";
import type { Scene } from "./scene.ts";

const SHOWN = 10;
/** From this share of errors on a path needs a person. */
const FAILING = 0.05;

/** Paths as they are, or those of one route together. */
const KINDS = {
  path: { label: "Paths", field: "path" },
  pathTemplate: { label: "Routes", field: "path_template" },
} as const;
type Kind = keyof typeof KINDS;

/** The most frequent paths: how often each, how many of its answers were errors, and how long it took. */
export function PathFigures({ scope }: Scene) {
  const place = useRef<HTMLDivElement>(null);
  const kind: Kind = address.value.query.get("paths") === "routes" ? "pathTemplate" : "path";
  const top = useTop(scope, kind, SHOWN);
  // Counts are there at once; what only records know follows.
  const figures = useGroupFigures(useSeen(place) ? scope : undefined, KINDS[kind].field);
  return (
    <div ref={place} class="path-figures">
      <Panel
        title="Top paths"
        note={figures.value && <Basis answer={figures.value} />}
        actions={<KindChips kind={kind} />}
        isEarlier={top.isEarlier}
      >
        <Answered answer={top} lines={SHOWN}>
          {(value) =>
            value.values.length === 0 ? (
              <Empty>No record in this range carries a path.</Empty>
            ) : (
              <PathTable kind={kind} top={value} groups={figures.isEarlier ? undefined : figures.value} />
            )
          }
        </Answered>
      </Panel>
    </div>
  );
}

const KindChips = ({ kind }: { kind: Kind }) => (
  <nav class="chips" aria-label="How paths are counted">
    {(Object.keys(KINDS) as Kind[]).map((one) => (
      <a
        key={one}
        class="chip"
        href={hrefWith({ paths: one === "path" ? undefined : "routes" })}
        aria-current={one === kind ? "true" : undefined}
      >
        {KINDS[one].label}
      </a>
    ))}
  </nav>
);

/** How many records stand behind the figures. */
const Basis = ({ answer: { counted = 0, partial } }: { answer: GroupsAnswer }) => (
  <span title="Counts are of the whole range">
    {partial ? `errors and times of the newest ${exact(counted)} records` : "errors and times of all records"}
  </span>
);

interface PathTableProps {
  kind: Kind;
  top: TopAnswer;
  groups: GroupsAnswer | undefined;
}

function PathTable({ kind, top: { values, other }, groups }: PathTableProps) {
  const { field } = KINDS[kind];
  const figuresOf = new Map(groups?.groups.map((group) => [group.key[field], group]));
  // Many an access log has no times: a column of dashes would say less than none.
  const isTimed = groups === undefined || groups.groups.some(({ durationMs }) => durationMs);
  return (
    <table class="ranking">
      <caption class="sr-only">The most frequent paths with their errors and response times</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="sr-only">{kind === "path" ? "Path" : "Route"}</span>
          </th>
          <th scope="col" class="n">
            Records
          </th>
          <th scope="col" class="n">
            Errors
          </th>
          {isTimed && (
            <th scope="col" class="n">
              p95
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {values.map(({ value, count }) => {
          const figures = figuresOf.get(value);
          return (
            <tr key={value} style={{ "--share": `${(count / values[0]!.count) * 100}%` }}>
              <th scope="row">
                <FilterButton field={kind} value={value}>
                  {value}
                </FilterButton>
              </th>
              <td class="n" title={exact(count)}>
                {short(count)}
              </td>
              <ErrorsCell figures={figures} isKnown={groups !== undefined} />
              {isTimed && (
                <td class={`n ${figures?.durationMs ? "" : "faint"}`} title={percentilesOf(figures)}>
                  {groups ? (figures?.durationMs ? duration(figures.durationMs.p95) : "–") : "…"}
                </td>
              )}
            </tr>
          );
        })}
        {other > 0 && (
          <tr class="rest">
            <th scope="row">others</th>
            <td class="n">{short(other)}</td>
            <td colSpan={isTimed ? 2 : 1} />
          </tr>
        )}
      </tbody>
    </table>
  );
}

type Group = GroupsAnswer["groups"][number];

function ErrorsCell({ figures, isKnown }: { figures: Group | undefined; isKnown: boolean }) {
  if (!isKnown) return <td class="n faint">…</td>;
  if (!figures) return <td class="n faint">–</td>;
  const { errors = 0, count } = figures;
  const share = errors / count;
  return (
    <td
      class={`n ${share >= FAILING ? "bad" : errors === 0 ? "faint" : ""}`}
      title={`${exact(errors)} of ${exact(count)}`}
    >
      {percent(share)} %
    </td>
  );
}

const percentilesOf = (figures: Group | undefined): string | undefined =>
  figures?.durationMs && `p50 ${duration(figures.durationMs.p50)}, p99 ${duration(figures.durationMs.p99)}`;
