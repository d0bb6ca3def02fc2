import { useEffect, useState } from "preact/hooks";
import { clock } from "../format/time.ts";
import { Icon } from "../icons/icon.tsx";
import { overviewLink } from "../live/overview-feed.ts";
import { useOnline } from "./live-state.tsx";

/** A break shorter than this mends itself before it could be read. */
const NOTICE_AFTER_MS = 2_000;

/** Says that the figures stand still, since when, and what happens next. */
export function LostNotice() {
  const isOnline = useOnline();
  const isOpen = overviewLink.value.kind === "open" && isOnline;
  const [sinceMs, setSince] = useState<number>();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (isOpen) return setSince(undefined);
    setSince(Date.now());
    const timer = setTimeout(() => setLong(true), NOTICE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isOpen]);
  if (!isLong || sinceMs === undefined) return null;
  return (
    <div class="notice lost" role="status">
      <Icon name="offline" />
      <p>
        {isOnline ? "The server does not answer." : "This machine is offline."} What you see is of {clock(sinceMs)}; the
        page connects again by itself and takes up where it was.
      </p>
    </div>
  );
}
