import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { PageName } from "../address/pages.ts";
import { Overview } from "../pages/overview/overview.tsx";
import { Service } from "../pages/service/service.tsx";
import { Skeleton } from "../panels/answered.tsx";

/** The first page comes with the script; the others are fetched when they are gone to. */
const LOADED: Partial<Record<PageName, ComponentType>> = { overview: Overview, service: Service };

const LOADS: Partial<Record<PageName, () => Promise<ComponentType>>> = {
  live: async () => (await import("../pages/live/live.tsx")).Live,
  explore: async () => (await import("../pages/explore/explore.tsx")).Explore,
  pipeline: async () => (await import("../pages/pipeline/pipeline.tsx")).Pipeline,
};

export function PageOutlet({ page }: { page: PageName | undefined }) {
  const [failed, setFailed] = useState<PageName>();
  const [, setLoaded] = useState<PageName>();
  useEffect(() => {
    const load = page && !LOADED[page] && LOADS[page];
    if (!load) return;
    load().then(
      (view) => {
        LOADED[page] = view;
        setLoaded(page);
      },
      () => setFailed(page),
    );
  }, [page]);
  if (page === undefined) return <NoSuchPage />;
  const View = LOADED[page];
  if (View) return <View />;
  return failed === page ? <NotLoaded /> : <Skeleton lines={8} />;
}

const NoSuchPage = () => (
  <section class="welcome">
    <h1>There is no such page</h1>
    <p class="lead">
      The address may be of a newer or older Weir. <a href="/">Go to the overview</a>
    </p>
  </section>
);

/** After an update of the server its old files are gone; a fresh page knows the new ones. */
const NotLoaded = () => (
  <section class="welcome">
    <h1>This page could not be fetched</h1>
    <p class="lead">The server is away, or was updated since this page was opened.</p>
    <button type="button" class="button primary" onClick={() => location.reload()}>
      Load again
    </button>
  </section>
);
