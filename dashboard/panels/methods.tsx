import type { Scene } from "./scene.ts";
import { TopList } from "./top-list.tsx";

export const Methods = (scene: Scene) => <TopList {...scene} title="Methods" dimension="method" />;
