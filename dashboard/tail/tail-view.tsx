import { useEffect, useState } from "preact/hooks";
import { exact } from "../format/number.ts";
import { Icon } from "../icons/icon.tsx";
import { Empty } from "../panels/answered.tsx";
import type { TailBuffer } from "./tail-buffer.ts";

/** Said aloud no more often than this. */
const SAY_EVERY_MS = 10_000;

export const PauseButton = ({ tail }: { tail: TailBuffer }) => {
  const isHeld = tail.isHeld.value;
  return (
    <button
      type="button"
      class="button small pause"
      aria-pressed={isHeld}
      onClick={() => (isHeld ? tail.release() : tail.hold())}
    >
      <Icon name={isHeld ? "play" : "pause"} size={14} />
      {isHeld ? "Resume" : "Pause"}
    </button>
  );
};

/** How many lines the server left out, and what one can do. */
export const TailNote = ({ tail }: { tail: TailBuffer }) => {
  void tail.version.value;
  return (
    <>
      {tail.leftOut > 0 ? (
        <b class="warn num">{exact(tail.leftOut)} left out</b>
      ) : (
        "click a value to filter, a line to open it"
      )}
    </>
  );
};

export function TailEmpty({ tail, q }: { tail: TailBuffer; q: string }) {
  void tail.version.value;
  if (tail.rows.length > 0) return null;
  return (
    <div class="tail-empty">
      <Empty>
        {q === ""
          ? "Waiting for the next line."
          : "No line passes the filter yet. New ones appear here as they arrive."}
      </Empty>
    </div>
  );
}

/** What waits while the tail is held. */
export function NewLines({ tail }: { tail: TailBuffer }) {
  void tail.version.value;
  const waiting = tail.waitingCount;
  if (!tail.isHeld.value || waiting === 0) return null;
  return (
    <button type="button" class="new-lines" onClick={() => tail.release()}>
      <span class="num">{exact(waiting)}</span> new {waiting === 1 ? "line" : "lines"} <Icon name="down" size={14} />
    </button>
  );
}

/** A tail read out line by line would never end: what arrived is summed up. */
export function Spoken({ tail }: { tail: TailBuffer }) {
  const [text, setText] = useState("");
  useEffect(() => {
    let [arrived, errors] = [tail.arrived, tail.errors];
    const timer = setInterval(() => {
      if (tail.arrived === arrived) return;
      const failed = tail.errors - errors;
      setText(`${tail.arrived - arrived} new lines${failed > 0 ? `, ${failed} of them errors` : ""}`);
      [arrived, errors] = [tail.arrived, tail.errors];
    }, SAY_EVERY_MS);
    return () => clearInterval(timer);
  }, [tail]);
  return (
    <p class="sr-only" aria-live="polite">
      {text}
    </p>
  );
}
