/** What a top list can be asked for, in the order of the summary's own arrays. Append only. */
export const DIMENSIONS = [
  "path",
  "pathTemplate",
  "ip",
  "country",
  "browser",
  "os",
  "device",
  "bot",
  "method",
  "referrer",
  "event",
  "host",
  "app",
  "status",
  "level",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Dimensions that need heavy hitters. Status and level have so few values that a summary counts them all. */
export const COUNTED = [
  "path",
  "pathTemplate",
  "ip",
  "country",
  "browser",
  "os",
  "device",
  "bot",
  "method",
  "referrer",
  "event",
  "host",
  "app",
] as const satisfies readonly Dimension[];
export type Counted = (typeof COUNTED)[number];
