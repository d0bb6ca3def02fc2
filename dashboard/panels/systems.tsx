import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const Systems = (scene: Scene) => (
  <TopList {...scene} title="Operating systems" dimension="os" empty="No user agents in this range." />
);
