import { shop } from "./shop.ts";
import type { Site } from "./site.ts";
import { web } from "./web.ts";

export const SITES: readonly Site[] = [web, shop];
