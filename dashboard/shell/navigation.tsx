import { hrefOfPage } from "../address/address.ts";
import { PAGES, servicePath } from "../address/pages.ts";
import { chosenService, place } from "../address/scope.ts";
import { signOut } from "../api/session.ts";
import { duration, exact } from "../format/number.ts";
import { Icon, Mark } from "../icons/icon.tsx";
import { servicesByActivity } from "../live/overview-feed.ts";
import { seenAfterMs } from "../live/send-to-seen.ts";
import { RailServices } from "./rail-services.tsx";

/** The pages; beside the content where there is room, below it on a phone. */
export function Navigation() {
  const { page } = place.value;
  return (
    <nav class="rail" aria-label="Pages">
      <a class="brand" href={hrefOfPage("/", { service: undefined })}>
        <Mark />
        <span>Weir</span>
      </a>
      {PAGES.filter(({ inNavigation }) => inNavigation).map(({ name, title }) => {
        // A service's own page lies below the overview, which is all that a phone shows of the way to it.
        const isAbove = name === "overview" && page === "service";
        return (
          <a
            key={name}
            class="rail-link"
            href={hrefOf(name)}
            aria-current={page === name ? "page" : isAbove ? "true" : undefined}
          >
            <Icon name={name as "overview"} size={17} />
            <span>{title}</span>
          </a>
        );
      })}
      <RailServices />
      <Foot />
    </nav>
  );
}

/** The service and filter go along; Overview means a service's own page where one is chosen. */
function hrefOf(name: (typeof PAGES)[number]["name"]): string {
  const service = chosenService.value;
  if (name !== "overview") return hrefOfPage(`/${name}`, { service });
  const isOnService = place.value.page === "service";
  return hrefOfPage(service && !isOnService ? servicePath(service) : "/", { service: undefined });
}

/** Past this it no longer feels live. */
const SLOW_MS = 1_000;

function Foot() {
  const all = servicesByActivity.value;
  const stored = all.reduce((sum, service) => sum + service.stored, 0);
  const unconfirmed = all.reduce((sum, service) => sum + service.unconfirmed, 0);
  const seen = seenAfterMs.value;
  return (
    <div class="rail-foot">
      {seen !== undefined && (
        <p title="Median time from a record's own moment to this screen, of the last 64">
          seen after <b class={`num ${seen < SLOW_MS ? "ok" : "warn"}`}>{duration(seen)}</b>
        </p>
      )}
      {all.length > 0 && (
        <p title="Acknowledged lines that are in the database, and those that are durable but not there yet">
          <b class="num">{exact(stored)}</b> stored
          <br />
          {unconfirmed === 0 ? "nothing" : <b class="num warn">{exact(unconfirmed)}</b>} on the way
        </p>
      )}
      <button type="button" class="link" onClick={() => void signOut()}>
        <Icon name="out" size={14} /> Sign out
      </button>
    </div>
  );
}
