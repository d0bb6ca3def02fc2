import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const Referrers = (scene: Scene) => (
  <TopList {...scene} title="Referring pages" dimension="referrer" limit={10} />
);
