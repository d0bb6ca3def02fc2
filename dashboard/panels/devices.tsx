import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const Devices = (scene: Scene) => (
  <TopList {...scene} title="Devices" dimension="device" empty="No user agents in this range." />
);
