import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const Referrers = (scene: Scene) => (
  <TopList
    {...scene}
    title="Referring pages"
    dimension="referrer"
    empty="No record in this range carries a referrer."
    limit={10}
  />
);
