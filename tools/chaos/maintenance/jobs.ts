import { PERSON } from "./visit-lines.ts";

/** Services of the prepared state: hot rows, received in two halves; and one whose messages became a segment each. */
export const HOT = "chaos-hot";
export const COLD = "chaos-cold";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** One request of the test entry's `/__maintain`, or of the API. */
export type Step =
  | {
      job: "merge" | "seal" | "remove_hot" | "expire" | "expire_summaries" | "link" | "optimize" | "sweep";
      aheadMs: number;
      only?: "first half";
    }
  | { forget: string };

/** What is interrupted: steps that may be cut anywhere and asked for again. */
export interface MaintenanceJob {
  name: string;
  service: typeof HOT | typeof COLD;
  /** Done in peace before. */
  before: Step[];
  steps: Step[];
  /** Records that it is there to remove; none where absent. */
  removes?: "first half" | "person";
}

const seal: Step = { job: "seal", aheadMs: 2 * HOUR_MS };
const sealFirst: Step = { ...seal, only: "first half" };
const removeHot: Step = { job: "remove_hot", aheadMs: 8 * DAY_MS };
const sweep: Step = { job: "sweep", aheadMs: 9 * DAY_MS };

export const JOBS: readonly MaintenanceJob[] = [
  {
    name: "merge",
    service: HOT,
    before: [],
    steps: [
      { job: "merge", aheadMs: HOUR_MS },
      { job: "merge", aheadMs: 3 * DAY_MS },
      { job: "merge", aheadMs: 40 * DAY_MS },
    ],
  },
  { name: "seal", service: HOT, before: [], steps: [seal, { job: "link", aheadMs: 2 * HOUR_MS }, removeHot] },
  { name: "optimize", service: COLD, before: [], steps: [{ job: "optimize", aheadMs: HOUR_MS }, sweep] },
  {
    name: "sweep",
    service: HOT,
    before: [sealFirst, seal, removeHot],
    steps: [
      { job: "expire", aheadMs: 8 * DAY_MS, only: "first half" },
      { job: "expire_summaries", aheadMs: 8 * DAY_MS, only: "first half" },
      sweep,
    ],
    removes: "first half",
  },
  {
    name: "forget",
    service: HOT,
    before: [sealFirst, { ...removeHot, only: "first half" }, seal],
    steps: [{ forget: PERSON }],
    removes: "person",
  },
  { name: "forget archived", service: COLD, before: [], steps: [{ forget: PERSON }], removes: "person" },
];
