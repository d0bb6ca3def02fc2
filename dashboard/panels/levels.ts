import type { LevelName, StatusClass } from "../api/answers.ts";
import type { CountLayer } from "./counts-chart.tsx";

/** As they stand in a stack, from the ground up: what is usual below, what needs a person on top. */
const LEVELS: readonly LevelName[] = ["unknown", "trace", "debug", "info", "warn", "error", "fatal"];

export const LEVEL_LAYERS: readonly CountLayer[] = LEVELS.map((name) => ({
  name,
  label: name === "unknown" ? "no level" : name,
  token: `--level-${name}`,
  countOf: ({ levels }) => levels[name] ?? 0,
  isUsual: name === "info",
}));

export const STATUS_CLASSES: readonly StatusClass[] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

export const STATUS_MEANING: Record<StatusClass, string> = {
  "1xx": "informational",
  "2xx": "succeeded",
  "3xx": "redirected",
  "4xx": "refused",
  "5xx": "failed",
};

export const STATUS_LAYERS: readonly CountLayer[] = STATUS_CLASSES.map((name) => ({
  name,
  label: name,
  token: `--status-${name}`,
  countOf: ({ statuses }) => statuses[name] ?? 0,
  isUsual: name === "2xx",
}));
