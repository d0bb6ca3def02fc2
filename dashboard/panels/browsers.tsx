import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const Browsers = (scene: Scene) => (
  <TopList
    {...scene}
    title="Browsers"
    dimension="browser"
    empty="No user agents in this range."
    // On the page of all services it stands beside ten paths.
    limit={scene.scope.service === undefined ? 10 : 8}
  />
);
