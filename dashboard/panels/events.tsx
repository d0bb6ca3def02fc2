import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const Events = (scene: Scene) => <TopList {...scene} title="Events" dimension="event" limit={10} />;
