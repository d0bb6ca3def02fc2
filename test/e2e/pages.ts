import type { Page } from "playwright-core";
import {
  facetFigures,
  overviewFigures,
  pipelineFigures,
  serviceFigures,
  sqlFigures,
  tailFigures,
} from "./page-figures.ts";

/** Sent by the tests themselves beside the real logs. */
export const OTHER_RECORDS = 302;

interface PageCase {
  path: string;
  /** Compares what the page shows with the truth of the real logs. */
  figures?: (page: Page) => Promise<void>;
}

const STATUSES = "SELECT status, count(*) AS records FROM logs WHERE service = 'apache' GROUP BY status";

/** Every page, in the states that differ most. */
export const PAGES: readonly PageCase[] = [
  { path: "/?range=all", figures: (page) => overviewFigures(page, OTHER_RECORDS) },
  { path: "/?range=1h" },
  { path: "/service/apache?range=all", figures: serviceFigures("apache") },
  { path: "/service/kaggle?range=all", figures: serviceFigures("kaggle") },
  { path: "/service/web?range=1h" },
  { path: "/live?service=kaggle", figures: tailFigures("kaggle") },
  { path: "/live?beside=web,shop&mark=items" },
  { path: "/explore?service=apache&range=all", figures: facetFigures("apache") },
  { path: "/explore?columns=level,status,durationMs,line" },
  { path: `/query?${new URLSearchParams({ sql: STATUSES })}`, figures: sqlFigures("apache") },
  { path: "/pipeline", figures: pipelineFigures },
  { path: "/settings?service=web" },
  { path: "/settings?tab=keys" },
  { path: "/settings?tab=audit" },
];
