import { servicePath } from "../../address/pages.ts";
import type { StreamStatus } from "../../api/answers.ts";
import { duration, exact, percent, rate } from "../../format/number.ts";
import { ago } from "../../format/time.ts";
import { nowMs } from "../../live/clock.ts";
import { Empty } from "../../panels/answered.tsx";
import { DataTable } from "../../panels/data-table.tsx";
import { Panel } from "../../panels/panel.tsx";
import { VerifyButton } from "./verify-button.tsx";

/** Ordinary delivery takes 1-2 seconds. */
const BEHIND_MS = 10_000;

const COLUMNS = [
  { title: "Stream" },
  { title: "Rate", isNumber: true, isWide: true },
  { title: "Acknowledged", isNumber: true },
  { title: "Stored", isNumber: true },
  { title: "Complete", isWide: true },
  { title: "Lag", isNumber: true, isWide: true },
  { title: "Watchers", isNumber: true, isWide: true },
  { title: "Last confirmed", isNumber: true, isWide: true },
  { title: "Proof", isNumber: true },
];

/** Each stream with its own proof: what it acknowledged and what of it is stored. */
export const Streams = ({ streams }: { streams: readonly StreamStatus[] }) => (
  <Panel title="Streams" note={`${streams.length}, one for each service`}>
    {streams.length === 0 ? (
      <Empty>No service has sent anything yet.</Empty>
    ) : (
      <DataTable label="Streams" columns={COLUMNS} class="streams">
        {streams.map((stream) => (
          <StreamRow key={`${stream.service}/${stream.shard}`} stream={stream} />
        ))}
      </DataTable>
    )}
  </Panel>
);

function StreamRow({
  stream: { service, shard, ratePerSecond, acknowledged, stored, lagMs, watchers, lastConfirmed },
}: {
  stream: StreamStatus;
}) {
  const share = acknowledged === 0 ? 1 : stored / acknowledged;
  return (
    <tr>
      <th scope="row">
        <a href={servicePath(service)}>
          {service}
          {shard > 0 && `/${shard}`}
        </a>
      </th>
      <td class="n wide-only">{rate(ratePerSecond)}/s</td>
      <td class="n">{exact(acknowledged)}</td>
      <td class="n">{exact(stored)}</td>
      <td class="meter-cell wide-only">
        <div class="meter" role="img" aria-label={`${percent(share)} % stored`}>
          <i style={{ width: `${share * 100}%`, background: lagMs < BEHIND_MS ? "var(--ok)" : "var(--level-warn)" }} />
        </div>
      </td>
      <td class="n wide-only">{lagMs === 0 ? "none" : duration(lagMs)}</td>
      <td class="n wide-only">{watchers}</td>
      <td class="n wide-only faint">{lastConfirmed === null ? "–" : ago(Date.parse(lastConfirmed), nowMs.value)}</td>
      <td class="n">{shard === 0 && <VerifyButton service={service} />}</td>
    </tr>
  );
}
