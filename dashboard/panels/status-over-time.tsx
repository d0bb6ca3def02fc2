import { ChartPanel } from "./chart-panel.tsx";
import { STATUS_LAYERS } from "./levels.ts";
import type { Scene } from "./scene.ts";

export const StatusOverTime = ({ series, scope }: Scene) => (
  <ChartPanel
    title="Answers over time"
    layers={STATUS_LAYERS}
    series={series}
    scope={scope}
    height={180}
    empty="These records carry no HTTP status."
  />
);
