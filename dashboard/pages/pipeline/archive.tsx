import { servicePath } from "../../address/pages.ts";
import type { ArchivedService } from "../../api/answers.ts";
import { bytes, exact } from "../../format/number.ts";
import { ago } from "../../format/time.ts";
import { nowMs } from "../../live/clock.ts";
import { Empty } from "../../panels/answered.tsx";
import { DataTable } from "../../panels/data-table.tsx";
import { Panel } from "../../panels/panel.tsx";

const COLUMNS = [
  { title: "Service" },
  { title: "Segments", isNumber: true, isWide: true },
  { title: "Size", isNumber: true },
  { title: "Records only there", isNumber: true, isWide: true },
  { title: "Latest lines" },
  { title: "Last written at once", isNumber: true, isWide: true },
];

/** What of each service is kept as Parquet, and whether its latest lines went there at once. */
export function Archive({ archive }: { archive: readonly ArchivedService[] }) {
  const kept = archive.filter(({ segments }) => segments > 0);
  const size = kept.reduce((sum, service) => sum + service.bytes, 0);
  return (
    <Panel title="Archive" note={size > 0 ? `${bytes(size)} as Parquet` : undefined}>
      {kept.length === 0 ? (
        <Empty>Closed hours are sealed as Parquet a while after they end. None has been yet.</Empty>
      ) : (
        <DataTable label="Archive" columns={COLUMNS} class="streams">
          {kept.map(({ service, segments, records, bytes: of, latest, lastSpilled }) => (
            <tr key={service}>
              <th scope="row">
                <a href={servicePath(service)}>{service}</a>
              </th>
              <td class="n wide-only">{exact(segments)}</td>
              <td class="n">{bytes(of)}</td>
              <td class="n wide-only">{exact(records)}</td>
              <td>{latest === "archive" ? "to the archive at once" : "to the database"}</td>
              <td class="n wide-only faint">
                {lastSpilled === null ? "never" : ago(Date.parse(lastSpilled), nowMs.value)}
              </td>
            </tr>
          ))}
        </DataTable>
      )}
    </Panel>
  );
}
