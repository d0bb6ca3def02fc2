import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const TopIps = (scene: Scene) => (
  <TopList
    {...scene}
    title="Top addresses"
    dimension="ip"
    empty="No record in this range carries an address."
    limit={10}
  />
);
