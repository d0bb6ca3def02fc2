import { useState } from "preact/hooks";
import type { VerifyAnswer } from "../../api/answers.ts";
import { ApiFailure } from "../../api/client.ts";
import { askVerify } from "../../api/questions.ts";
import { exact } from "../../format/number.ts";
import { Icon } from "../../icons/icon.tsx";

/** Holds the ledger against the streams of a service, and says what that proves. */
export function VerifyButton({ service }: { service: string }) {
  const [said, setSaid] = useState<{ words: string; isGood: boolean } | "asking">();
  const verify = async () => {
    setSaid("asking");
    try {
      setSaid(wordsOf(await askVerify(service)));
    } catch (failure) {
      if (!(failure instanceof ApiFailure)) throw failure;
      setSaid({ words: failure.message, isGood: false });
    }
  };
  return (
    <span class="verify" role="status">
      {said !== undefined && said !== "asking" && (
        <span class={said.isGood ? "ok" : "warn"}>
          <Icon name={said.isGood ? "check" : "alert"} size={13} /> {said.words}
        </span>
      )}
      <button
        type="button"
        class="button small"
        disabled={said === "asking"}
        aria-label={`Verify ${service}`}
        onClick={() => void verify()}
      >
        {said === undefined ? "Verify" : "Again"}
      </button>
    </span>
  );
}

function wordsOf({ complete, records, lastSeq, gaps, overlaps }: VerifyAnswer): { words: string; isGood: boolean } {
  if (overlaps.length > 0) return { words: `${overlaps.length} ranges twice`, isGood: false };
  if (complete) return { words: `all ${exact(records)} once`, isGood: true };
  // Whatever arrives while one looks is on its way: only what is missing in between is missing.
  const holes = gaps.filter((gap) => gap.shard > 0 || gap.lastSeq < lastSeq);
  const [hole] = holes;
  if (!hole) return { words: `${exact(records)} once, the newest on the way`, isGood: true };
  return { words: `#${exact(hole.firstSeq)} – #${exact(hole.lastSeq)} not stored yet`, isGood: false };
}
