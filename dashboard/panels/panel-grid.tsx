import { useEffect, useState } from "preact/hooks";
import type { PageName } from "../address/pages.ts";
import { pure } from "../shell/pure.tsx";
import { columnsOf, PANELS } from "./registry.ts";
import type { Scene } from "./scene.ts";

/** As many as a screen shows at first. */
const AT_ONCE = 5;
/** Where browsers do not tell when they are idle. */
const PAUSE_MS = 30;

/** The panels of a page, in twelve columns. Drawn once for a scene: what changes in it is in signals. */
export const PanelGrid = pure(({ page, scene }: { page: PageName; scene: Scene }) => {
  const panels = PANELS.filter(({ on }) => on.includes(page));
  const count = useGrowing(panels.length);
  return (
    <div class="grid">
      {panels.slice(0, count).map((panel) => (
        <div key={panel.name} class={`cell columns-${columnsOf(panel, page)}`}>
          <panel.View {...scene} />
        </div>
      ))}
    </div>
  );
});

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
