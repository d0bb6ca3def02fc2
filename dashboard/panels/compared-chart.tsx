import { useMemo } from "preact/hooks";
import type { TallyJson } from "../../core/live/frames.ts";
import { countsADayBefore, ghostOf } from "../series/earlier.ts";
import { useChange } from "../series/use-scope-answer.ts";
import { type CountLayer, CountsChart, type CountsChartProps } from "./counts-chart.tsx";
import type { Scene } from "./scene.ts";

/** Records of a series, with a line of the same time yesterday. */
export function ComparedChart({ scope, ...props }: CountsChartProps & Pick<Scene, "scope">) {
  const { series, layers } = props;
  const { value } = useChange(scope);
  const ghost = useMemo(() => {
    if (!value) return undefined;
    const timesMs = series.buckets.map(({ startMs }) => startMs);
    const earlier = { buckets: value.compare.buckets, stepMs: value.step };
    return ghostOf(countsADayBefore(timesMs, series.stepMs, earlier, (bucket) => sumOfLayers(layers, bucket)));
  }, [value, series.buckets, series.stepMs, layers]);
  return <CountsChart {...props} ghost={ghost} />;
}

const sumOfLayers = (layers: readonly CountLayer[], bucket: TallyJson): number =>
  layers.reduce((sum, { countOf }) => sum + countOf(bucket), 0);
