import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const Browsers = (scene: Scene) => (
  <TopList {...scene} title="Browsers" dimension="browser" empty="No user agents in this range." />
);
