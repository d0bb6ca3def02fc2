import type { LevelName, StatusClass } from "../api/answers.ts";

/** As they stand in a stack, from the ground up: what is usual below, what needs a person on top. */
export const LEVEL_ORDER: readonly LevelName[] = ["unknown", "trace", "debug", "info", "warn", "error", "fatal"];

export const levelLabel = (level: LevelName): string => (level === "unknown" ? "no level" : level);

export const STATUS_CLASSES: readonly StatusClass[] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

export const STATUS_MEANING: Record<StatusClass, string> = {
  "1xx": "informational",
  "2xx": "succeeded",
  "3xx": "redirected",
  "4xx": "refused",
  "5xx": "failed",
};
