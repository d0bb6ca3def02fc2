import { useMemo, useState } from "preact/hooks";
import type { Scope } from "../../api/questions.ts";
import { exact } from "../../format/number.ts";
import { Answered } from "../../panels/answered.tsx";
import { CountsChart, Meaning } from "../../panels/counts-chart.tsx";
import { LEVEL_LAYERS } from "../../panels/levels.ts";
import { Panel } from "../../panels/panel.tsx";
import { TableSwitch } from "../../panels/table-switch.tsx";
import { seriesOfStats } from "../../series/bucket.ts";
import { useLevels } from "./use-levels.ts";

/** How many records when; a stretch that is marked becomes the range. */
export function Histogram({ scope }: { scope: Scope }) {
  const stats = useLevels(scope);
  const [asTable, setAsTable] = useState(false);
  const series = useMemo(() => stats.value && seriesOfStats(stats.value, scope.range), [stats.value, scope.range]);
  const count = series?.buckets.reduce((sum, bucket) => sum + bucket.count, 0) ?? 0;
  return (
    <Panel
      title={series ? `${exact(count)} records` : "Records"}
      class="histogram"
      note={
        series && (
          <>
            <Meaning series={series} /> · mark a stretch to look into it
          </>
        )
      }
      actions={<TableSwitch asTable={asTable} onChange={setAsTable} of="the histogram" />}
      isEarlier={stats.isEarlier}
    >
      <Answered answer={stats} lines={4}>
        {() =>
          series && (
            <CountsChart what="Records by level" series={series} layers={LEVEL_LAYERS} asTable={asTable} height={130} />
          )
        }
      </Answered>
    </Panel>
  );
}
