import { hrefOfPage } from "../address/address.ts";
import { servicePath } from "../address/pages.ts";
import { place } from "../address/scope.ts";
import { rate } from "../format/number.ts";
import { nowMs } from "../live/clock.ts";
import { HEALTH_WORDS, healthOf } from "../live/health.ts";
import { rateOf, services } from "../live/overview-feed.ts";
import { SampleBadge } from "../sample/sample-badge.tsx";

/** As many as fit a small screen; the picker has them all. */
const MAX_SHOWN = 12;

/** The largest services, one click away, each with how it is. By name, so that none moves under the pointer. */
export function RailServices() {
  const shown = [...(services.value?.values() ?? [])]
    .sort((a, b) => b.acknowledged - a.acknowledged)
    .slice(0, MAX_SHOWN)
    .sort((a, b) => a.name.localeCompare(b.name));
  if (shown.length === 0) return null;
  const atMs = nowMs.value;
  return (
    <div class="rail-services">
      <p class="rail-title">Services</p>
      {shown.map((service) => {
        const { name, seconds } = service;
        const health = healthOf(service, atMs);
        const perSecond = rateOf(seconds, atMs);
        return (
          <a
            key={name}
            class="rail-link"
            href={hrefOfPage(servicePath(name), { service: undefined })}
            aria-current={place.value.service === name ? "page" : undefined}
            title={`${name}: ${HEALTH_WORDS[health]}`}
          >
            <i class={`dot ${health}`} />
            <span class="rail-name">{name}</span>
            <SampleBadge service={name} />
            {perSecond > 0 && <span class="rail-rate num">{rate(perSecond)}/s</span>}
          </a>
        );
      })}
    </div>
  );
}
