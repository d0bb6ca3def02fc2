import type { ServiceJson } from "../../core/live/frames.ts";
import { hrefWith } from "../address/address.ts";
import { servicePath } from "../address/pages.ts";
import { Sparkline } from "../charts/sparkline.tsx";
import { duration, exact, percent, rate, short } from "../format/number.ts";
import { ago } from "../format/time.ts";
import { nowMs } from "../live/clock.ts";
import { HEALTH_WORDS, healthOf, recentErrorRate } from "../live/health.ts";
import { rateOf, servicesByActivity } from "../live/overview-feed.ts";
import { SampleBadge } from "../sample/sample-badge.tsx";
import { DataTable } from "./data-table.tsx";
import { Panel } from "./panel.tsx";

const SHOWN = 50;

const COLUMNS = [
  { title: "Name" },
  { title: "Rate", isNumber: true },
  { title: "Errors", isNumber: true },
  { title: "Records", isNumber: true },
  { title: "Stored", isNumber: true, isWide: true },
  { title: "Lag", isNumber: true, isWide: true },
  { title: "Last minute" },
  { title: "Last line", isNumber: true, isWide: true },
];

/** Every service: how busy, how well, and whether all of it is stored. */
export function Services() {
  const all = servicesByActivity.value;
  // By name: in any order that follows the figures, rows would move under the pointer.
  const shown = all.slice(0, SHOWN).sort((a, b) => a.name.localeCompare(b.name));
  const underway = all.reduce((sum, { unconfirmed }) => sum + unconfirmed, 0);
  return (
    <Panel
      title="Services"
      note={
        underway === 0
          ? `${all.length} · every record stored`
          : `${all.length} · ${exact(underway)} records on the way to the database`
      }
    >
      <DataTable label="Services" columns={COLUMNS} class="services">
        {shown.map((service) => (
          <ServiceRow key={service.name} service={service} atMs={nowMs.value} />
        ))}
      </DataTable>
      {all.length > SHOWN && (
        <p class="faint">
          The {SHOWN} latest of {all.length}; the others are in the list above.
        </p>
      )}
    </Panel>
  );
}

function ServiceRow({ service, atMs }: { service: ServiceJson; atMs: number }) {
  const { name, seconds, acknowledged, stored, lagMs, lastSeenMs } = service;
  const health = healthOf(service, atMs);
  const errorRate = recentErrorRate(seconds, atMs);
  return (
    <tr>
      <th scope="row">
        <a href={hrefWith({ service: undefined, range: undefined }, servicePath(name))}>
          <i class={`dot ${health}`} title={HEALTH_WORDS[health]} />
          {name}
          <SampleBadge service={name} />
          <span class="sr-only">, {HEALTH_WORDS[health]}</span>
        </a>
      </th>
      <td class="n">{rate(rateOf(seconds, atMs))}/s</td>
      <td class={`n ${health === "failing" ? "bad" : ""}`}>
        {errorRate === undefined ? "–" : `${percent(errorRate)} %`}
      </td>
      <td class="n" title={exact(acknowledged)}>
        {short(acknowledged)}
      </td>
      <td class="n wide-only" title={`${exact(stored)} of ${exact(acknowledged)} are in the database`}>
        {stored === acknowledged ? <span class="ok">complete</span> : `${percent(stored / acknowledged)} %`}
      </td>
      <td class={`n wide-only ${health === "behind" ? "warn" : ""}`}>{lagMs === 0 ? "none" : duration(lagMs)}</td>
      <td class="spark-cell">
        <Sparkline
          values={minuteOf(seconds, atMs)}
          color="var(--text-muted)"
          isFilled={false}
          label={`${name}, records by second over the last minute`}
        />
      </td>
      <td class="n wide-only faint">{lastSeenMs === undefined ? "never" : ago(lastSeenMs, atMs)}</td>
    </tr>
  );
}

/** Counts of the last 60 seconds, those without a line included. */
function minuteOf(seconds: ServiceJson["seconds"], atMs: number): number[] {
  const end = Math.floor(atMs / 1_000) - 1;
  const counts = new Array<number>(60).fill(0);
  for (const [second, count] of seconds) {
    const at = second - (end - 60);
    if (at >= 0 && at < 60) counts[at] = count;
  }
  return counts;
}
