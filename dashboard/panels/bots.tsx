import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const Bots = (scene: Scene) => <TopList {...scene} title="Bots and programs" dimension="bot" limit={10} />;
