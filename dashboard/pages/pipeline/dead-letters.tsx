import { useState } from "preact/hooks";
import type { DeadLetter, StreamStatus } from "../../api/answers.ts";
import { ApiFailure } from "../../api/client.ts";
import { discardDeadLetter, replayDeadLetter } from "../../api/questions.ts";
import { exact } from "../../format/number.ts";
import { DataTable } from "../../panels/data-table.tsx";
import { Panel } from "../../panels/panel.tsx";

interface DeadLettersProps {
  streams: readonly StreamStatus[];
  again: () => void;
}

const COLUMNS = [{ title: "Stream" }, { title: "Lines" }, { title: "Reason" }, { title: "What to do", isHidden: true }];

/** Messages that the database did not take. Nothing is shown while there are none. */
export function DeadLetters({ streams, again }: DeadLettersProps) {
  const letters = streams.flatMap(({ service, shard, deadLetters }) =>
    deadLetters.map((letter) => ({ service, shard, letter })),
  );
  if (letters.length === 0) return null;
  return (
    <Panel title="Dead letters" note={`${letters.length} need a person`} class="needs-person">
      <p class="faint">
        The database refused these messages for good. Their lines are safe in the journal; once the cause is mended,
        send them again.
      </p>
      <DataTable label="Dead letters" columns={COLUMNS}>
        {letters.map(({ service, shard, letter }) => (
          <LetterRow
            key={`${service}/${shard}/${letter.firstSeq}`}
            service={service}
            shard={shard}
            letter={letter}
            again={again}
          />
        ))}
      </DataTable>
    </Panel>
  );
}

function LetterRow({
  service,
  shard,
  letter,
  again,
}: {
  service: string;
  shard: number;
  letter: DeadLetter;
  again: () => void;
}) {
  const [said, setSaid] = useState<string>();
  const [isSure, setSure] = useState(false);
  const attempt = async (work: typeof replayDeadLetter, done: string) => {
    try {
      await work(service, shard, letter.firstSeq);
      setSaid(done);
      again();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      setSaid(error.message);
    }
  };
  return (
    <tr>
      <th scope="row">
        {service}/{shard}
      </th>
      <td class="num">
        #{exact(letter.firstSeq)} – #{exact(letter.lastSeq)}
      </td>
      <td class="mono">{letter.reason}</td>
      <td class="n">
        {said ?? (
          <>
            <button type="button" class="button small" onClick={() => void attempt(replayDeadLetter, "Sent again")}>
              Send again
            </button>{" "}
            <button
              type="button"
              class={`button small ${isSure ? "danger" : ""}`}
              onBlur={() => setSure(false)}
              onClick={() => (isSure ? void attempt(discardDeadLetter, "Given up") : setSure(true))}
            >
              {isSure ? "Really lose these lines" : "Give up"}
            </button>
          </>
        )}
      </td>
    </tr>
  );
}
