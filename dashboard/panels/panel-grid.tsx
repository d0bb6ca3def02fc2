import { useEffect, useRef, useState } from "preact/hooks";
import type { PageName } from "../address/pages.ts";
import { pure } from "../shell/pure.tsx";
import { useSeen } from "../shell/use-seen.ts";
import { columnsOf, PANELS, type PanelEntry } from "./registry.ts";
import type { Scene } from "./scene.ts";

/** As many as a screen shows at first. */
const AT_ONCE = 5;
/** A panel that waits for somebody to come begins this far before the edge of the screen. */
const NEAR_PX = 150;
/** Where browsers do not tell when they are idle. */
const PAUSE_MS = 30;

/** The panels of a page, in twelve columns. Drawn once for a scene: what changes in it is in signals. */
export const PanelGrid = pure(({ page, scene }: { page: PageName; scene: Scene }) => {
  const panels = PANELS.filter(({ on }) => on.includes(page));
  const count = useGrowing(panels.length);
  return (
    <div class="grid">
      {panels.slice(0, count).map((panel) => (
        <Cell key={panel.name} panel={panel} page={page} scene={scene} />
      ))}
    </div>
  );
});

function Cell({ panel, page, scene }: { panel: PanelEntry; page: PageName; scene: Scene }) {
  const place = useRef<HTMLDivElement>(null);
  const isNear = useSeen(place, NEAR_PX);
  return (
    <div ref={place} class={`cell columns-${columnsOf(panel, page)}`}>
      {isNear || !panel.whenNear ? <panel.View {...scene} /> : <i />}
    </div>
  );
}

/** First what is seen at once, then one panel more whenever the browser has nothing else to do: no long pause for a click. */
function useGrowing(all: number): number {
  const [count, setCount] = useState(AT_ONCE);
  useEffect(() => {
    if (count >= all) return;
    const grow = () => setCount(count + 1);
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(grow, PAUSE_MS);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(grow, { timeout: 500 });
    return () => cancelIdleCallback(idle);
  }, [count, all]);
  return count;
}
