import type { PageName } from "../address/pages.ts";
import { pure } from "../shell/pure.tsx";
import { columnsOf, PANELS } from "./registry.ts";
import type { Scene } from "./scene.ts";

/** The panels of a page, in twelve columns. Drawn once for a scene: what changes in it is in signals. */
export const PanelGrid = pure(({ page, scene }: { page: PageName; scene: Scene }) => (
  <div class="grid">
    {PANELS.filter(({ on }) => on.includes(page)).map((panel) => (
      <div key={panel.name} class={`cell columns-${columnsOf(panel, page)}`}>
        <panel.View {...scene} />
      </div>
    ))}
  </div>
));
