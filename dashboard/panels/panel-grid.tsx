import type { PageName } from "../address/pages.ts";
import { pure } from "../shell/pure.tsx";
import { PANELS } from "./registry.ts";
import type { Scene } from "./scene.ts";

/** The panels of a page, in twelve columns. Drawn once for a scene: what changes in it is in signals. */
export const PanelGrid = pure(({ page, scene }: { page: PageName; scene: Scene }) => (
  <div class="grid">
    {PANELS.filter(({ on }) => on.includes(page)).map(({ name, columns, View }) => (
      <div key={name} class={`cell columns-${columns}`}>
        <View {...scene} />
      </div>
    ))}
  </div>
));
