/** What a parameter means, wherever it has this name. */
export const PARAMETER_WORDS: Readonly<Record<string, string>> = {
  service: "The service's name: 1-63 of a-z, 0-9, dot, dash and underscore. Absent: every service.",
  from: "Beginning of the range: epoch milliseconds, ISO 8601, or relative as `-15m`. `0`: from the beginning.",
  to: "End of the range, exclusive, in the same forms; `now` unless said.",
  q: 'A filter: `status:>=500 path:/api/* -path:/healthz "connection reset"`. See docs/filter-language.md.',
  limit: "At most so many.",
  cursor: "The `cursor` of the answer before: what comes after it.",
  order: "`newest` or `oldest` first.",
  step: "Length of a step: milliseconds, or `30s`, `5m`, `1h`, `1d`.",
  since: "A seq: records after it that are still in memory come first.",
  format: "The form of the answer.",
};
