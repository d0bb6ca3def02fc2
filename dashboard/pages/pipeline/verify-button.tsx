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

function wordsOf({ complete, records, gaps, overlaps }: VerifyAnswer): { words: string; isGood: boolean } {
  if (complete) return { words: `all ${exact(records)} once`, isGood: true };
  if (overlaps.length > 0) return { words: `${overlaps.length} ranges twice`, isGood: false };
  const [gap] = gaps;
  if (!gap) return { words: "the newest are on the way", isGood: false };
  return { words: `#${exact(gap.firstSeq)} – #${exact(gap.lastSeq)} not stored yet`, isGood: false };
}
