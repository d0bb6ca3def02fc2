import { useEffect, useState } from "preact/hooks";
import { rate } from "../format/number.ts";
import { nowMs } from "../live/clock.ts";
import { overviewLink, totalRate } from "../live/overview-feed.ts";

/** Whether the page is live, and how much arrives in all. */
export function LiveState() {
  const isOnline = useOnline();
  const link = overviewLink.value;
  if (!isOnline) return <span class="live-state waiting">Offline</span>;
  if (link.kind === "open") {
    return (
      <span class="live-state open" title="Records per second, all services">
        Live <b class="num">{rate(totalRate.value)}/s</b>
      </span>
    );
  }
  if (link.kind === "connecting") return <span class="live-state">Connecting</span>;
  void nowMs.value;
  const seconds = Math.max(0, Math.ceil((link.retryMs - Date.now()) / 1_000));
  return <span class="live-state waiting">{seconds > 0 ? `Again in ${seconds} s` : "Reconnecting"}</span>;
}

export function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return isOnline;
}
