import { useState } from "preact/hooks";
import { useAnswer } from "../../api/answer.ts";
import { ask } from "../../api/client.ts";
import { full, moment } from "../../format/time.ts";
import { Answered, Empty } from "../../panels/answered.tsx";
import { DataTable } from "../../panels/data-table.tsx";
import { Panel } from "../../panels/panel.tsx";

interface AuditAnswer {
  entries: {
    id: number;
    time: string;
    actor: string;
    action: string;
    target: string;
    detail: Record<string, unknown>;
    requestId: string;
    ip: string | null;
  }[];
  cursor: string | null;
}

const COLUMNS = ["When", "Who", "What", "Of", "More"].map((title) => ({ title }));

/** Who did what when, the latest first. */
export function Audit() {
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const answer = useAnswer(
    `audit ${cursor ?? ""}`,
    (signal) => ask<AuditAnswer>("/api/audit", { query: { limit: 50, cursor }, signal }),
    { changes: () => "", everyMs: 0 },
  );
  return (
    <Panel title="Audit" note="kept apart from the logs" isEarlier={answer.isEarlier}>
      <Answered answer={answer} lines={10}>
        {({ entries, cursor: next }) => (
          <>
            {entries.length === 0 && <Empty>Nothing was changed yet.</Empty>}
            <DataTable label="Entries of the audit" columns={COLUMNS}>
              {entries.map(({ id, time, actor, action, target, detail, ip }) => (
                <tr key={id}>
                  <td class="num" title={full(Date.parse(time))}>
                    {moment(Date.parse(time))}
                  </td>
                  <td title={ip ?? undefined}>{actor}</td>
                  <td class="mono">{action}</td>
                  <td>{target}</td>
                  <td class="mono audit-detail">{Object.keys(detail).length > 0 && JSON.stringify(detail)}</td>
                </tr>
              ))}
            </DataTable>
            <nav class="paging" aria-label="Pages of the audit">
              {cursors.length > 0 && (
                <button type="button" class="button small" onClick={() => setCursors(cursors.slice(0, -1))}>
                  Newer
                </button>
              )}
              {next !== null && (
                <button type="button" class="button small" onClick={() => setCursors([...cursors, next])}>
                  Older
                </button>
              )}
            </nav>
          </>
        )}
      </Answered>
    </Panel>
  );
}
