import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const TopPaths = (scene: Scene) => (
  <TopList {...scene} title="Top paths" dimension="path" empty="No record in this range carries a path." limit={10} />
);
