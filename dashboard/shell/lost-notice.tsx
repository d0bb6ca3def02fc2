import { useEffect, useState } from "preact/hooks";
import { clock } from "../format/time.ts";
import { Icon } from "../icons/icon.tsx";
import { overviewLink, services } from "../live/overview-feed.ts";
import { useOnline } from "./live-state.tsx";

/** A break shorter than this mends itself before it could be read; a first visit may wait for a server that wakes. */
const NOTICE_AFTER_MS = 2_000;
const FIRST_NOTICE_AFTER_MS = 6_000;

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
    const timer = setTimeout(() => setLong(true), services.peek() ? NOTICE_AFTER_MS : FIRST_NOTICE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isOpen]);
  if (!isLong || sinceMs === undefined) return null;
  return (
    <div class="notice lost" role="status">
      <Icon name="offline" />
      <p>
        {isOnline ? "The server does not answer." : "This machine is offline."}{" "}
        {services.value === undefined
          ? "This page opens as soon as it does."
          : `What you see is of ${clock(sinceMs)}; the page connects again by itself and takes up where it was.`}
      </p>
    </div>
  );
}
