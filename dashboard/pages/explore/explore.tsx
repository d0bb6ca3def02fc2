import "./explore.css";
import { address } from "../../address/address.ts";
import { chosenService, scope } from "../../address/scope.ts";
import { services } from "../../live/overview-feed.ts";
import { Skeleton } from "../../panels/answered.tsx";
import { lazy } from "../../shell/lazy.tsx";
import { useRangePicked } from "../use-range-picked.ts";
import { Facets } from "./facets.tsx";
import { Histogram } from "./histogram.tsx";
import { Records } from "./records.tsx";

const FirstRun = lazy(async () => (await import("../first-run/first-run.tsx")).FirstRun);

/** Stored records: how many when, of which kinds, and each of them. */
export function Explore() {
  if (services.value === undefined) return <Skeleton lines={8} />;
  return services.value.size === 0 ? <FirstRun /> : <Stored />;
}

function Stored() {
  useRangePicked(chosenService.value);
  const isOpen = address.value.query.has("record");
  return (
    <div class={`explore ${isOpen ? "with-drawer" : ""}`}>
      <h1 class="sr-only">Explore</h1>
      <Histogram scope={scope.value} />
      <Records scope={scope.value} />
      <Facets scope={scope.value} />
    </div>
  );
}
