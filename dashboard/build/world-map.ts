import { readFileSync } from "node:fs";
import { geoArea, geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import type { Plugin } from "vite";
import { ALPHA2_OF_NUMERIC } from "./country-codes.ts";

const ID = "virtual:world-map";
/** Of the drawing in whole steps; the panel's view box is the same. Finer is not seen on any screen. */
const WIDTH = 2880;
const HEIGHT = 1410;

/**
 * The countries of the world as paths, drawn when the dashboard is built: a browser gets ready paths instead of the atlas
 * and what projects it. Source: world-atlas (Natural Earth, public domain), 1:110,000,000.
 */
export function worldMap(): Plugin {
  return {
    name: "weir-world-map",
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? `export default ${JSON.stringify(countries())}` : undefined),
  };
}

/** Country code → path, the largest first, so that a small one inside a large one is seen. */
function countries(): [code: string, path: string][] {
  const atlas = JSON.parse(
    readFileSync(new URL(import.meta.resolve("world-atlas/countries-110m.json")), "utf8"),
  ) as Parameters<typeof feature>[0];
  const shapes = feature(atlas, atlas.objects.countries!);
  if (shapes.type !== "FeatureCollection") throw new Error("the atlas holds no collection of countries");
  // Without Antarctica, from which no request comes, the others get its room.
  const shown = shapes.features.filter(({ id }) => id !== "010");
  const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: "FeatureCollection", features: shown });
  const path = geoPath(projection).digits(0);
  return shown.toSorted((a, b) => geoArea(b) - geoArea(a)).map((shape) => [codeOf(shape), relative(path(shape) ?? "")]);
}

/** Kosovo has no number of ISO 3166; address tables call it XK. */
const codeOf = ({ id, properties }: { id?: string | number; properties: { name?: string } | null }): string =>
  ALPHA2_OF_NUMERIC[String(id)] ?? (properties?.name === "Kosovo" ? "XK" : "");

/** `M10,10L12,11L12,11Z` → `M10,10l2,1z`: steps instead of places, a third of the bytes. */
const relative = (path: string): string => path.split("M").slice(1).map(relativeRing).join("");

/** Empty for an island that is smaller than a step. */
function relativeRing(ring: string): string {
  const points = ring
    .replace("Z", "")
    .split("L")
    .map((point) => point.split(",").map(Number) as [x: number, y: number]);
  const steps = points
    .slice(1)
    .map(([x, y], at) => [x - points[at]![0], y - points[at]![1]] as const)
    .filter(([x, y]) => x !== 0 || y !== 0);
  if (steps.length === 0) return "";
  return `M${points[0]!.join(",")}l${steps.map(([x, y]) => (y < 0 ? `${x}${y}` : `${x},${y}`)).join(" ")}z`;
}
