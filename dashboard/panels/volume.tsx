import { ChartPanel } from "./chart-panel.tsx";
import { LEVEL_LAYERS } from "./levels.ts";
import type { Scene } from "./scene.ts";

export const Volume = ({ series, scope }: Scene) => (
  <ChartPanel title="Records by level" layers={LEVEL_LAYERS} series={series} scope={scope} />
);
