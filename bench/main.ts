import { Failure } from "../tools/sending/failure.ts";
import { runAll } from "./all.ts";
import { Figures } from "./figure.ts";
import { optionsOf } from "./options.ts";
import { BENCHES } from "./registry.ts";

const USAGE = `npm run bench -- [NAME] [--option value]…

Without a name all of them run: --quick, --only ingest,live, --write [docs/benchmarks.md]

${BENCHES.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join("\n")}`;

/** `npm run bench`. One JSON line a figure, then a table. */
export async function bench(args: string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--help") {
    console.log(USAGE);
    return 0;
  }
  if (name === undefined || name.startsWith("--")) return (await runAll(optionsOf(args))) === 0 ? 0 : 1;
  const chosen = BENCHES.find((bench) => bench.name === name);
  if (!chosen) throw new Failure(USAGE);
  const figures = new Figures(chosen.name);
  await chosen.run(figures, optionsOf(rest));
  console.log(`\n${figures.table()}`);
  return 0;
}
