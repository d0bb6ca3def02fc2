import { address } from "../address/address.ts";
import type { PageName } from "../address/pages.ts";
import { type LazyView, lazy } from "./lazy.tsx";

const VIEWS: Record<PageName, LazyView> = {
  overview: lazy(async () => (await import("../pages/overview/overview.tsx")).Overview),
  service: lazy(async () => (await import("../pages/service/service.tsx")).Service),
  live: lazy(async () => (await import("../pages/live/live.tsx")).Live),
  explore: lazy(async () => (await import("../pages/explore/explore.tsx")).Explore),
  query: lazy(async () => (await import("../pages/query/query.tsx")).Query),
  pipeline: lazy(async () => (await import("../pages/pipeline/pipeline.tsx")).Pipeline),
  settings: lazy(async () => (await import("../pages/settings/settings.tsx")).Settings),
};

const OpenView = lazy(async () => (await import("./open-view.tsx")).OpenView);

/** Resolves once the page is drawn without a wait; rejects if its script cannot be had. */
export const fetchPage = async (page: PageName | undefined): Promise<void> => page && VIEWS[page].fetched();

export function PageOutlet({ page }: { page: PageName | undefined }) {
  if (address.value.query.has("view")) return <OpenView />;
  if (page === undefined) return <NoSuchPage />;
  const View = VIEWS[page];
  return <View />;
}

const NoSuchPage = () => (
  <section class="welcome">
    <h1>There is no such page</h1>
    <p class="lead">
      The address may be of a newer or older Weir. <a href="/">Go to the overview</a>
    </p>
  </section>
);
