import { servicePath } from "../../address/pages.ts";
import type { ArchivedService } from "../../api/answers.ts";
import { bytes, exact } from "../../format/number.ts";
import { ago } from "../../format/time.ts";
import { nowMs } from "../../live/clock.ts";
import { Empty } from "../../panels/answered.tsx";
import { Panel } from "../../panels/panel.tsx";

/** What of each service is kept as Parquet, and whether its latest lines went there at once. */
export function Archive({ archive }: { archive: readonly ArchivedService[] }) {
  const kept = archive.filter(({ segments }) => segments > 0);
  const size = kept.reduce((sum, service) => sum + service.bytes, 0);
  return (
    <Panel title="Archive" note={size > 0 ? `${bytes(size)} as Parquet` : undefined}>
      {kept.length === 0 ? (
        <Empty>Closed hours are sealed as Parquet a while after they end. None has been yet.</Empty>
      ) : (
        <div class="scroll-x">
          <table class="streams">
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col" class="n">
                  Segments
                </th>
                <th scope="col" class="n">
                  Size
                </th>
                <th scope="col" class="n">
                  Records only there
                </th>
                <th scope="col">Latest lines</th>
                <th scope="col" class="n wide-only">
                  Last written at once
                </th>
              </tr>
            </thead>
            <tbody>
              {kept.map(({ service, segments, records, bytes: of, latest, lastSpilled }) => (
                <tr key={service}>
                  <th scope="row">
                    <a href={servicePath(service)}>{service}</a>
                  </th>
                  <td class="n">{exact(segments)}</td>
                  <td class="n">{bytes(of)}</td>
                  <td class="n">{exact(records)}</td>
                  <td>{latest === "archive" ? "to the archive at once" : "to the database"}</td>
                  <td class="n wide-only faint">
                    {lastSpilled === null ? "never" : ago(Date.parse(lastSpilled), nowMs.value)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
