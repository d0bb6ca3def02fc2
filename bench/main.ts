import { Failure } from "../tools/sending/failure.ts";
import { Figures } from "./figure.ts";
import { optionsOf } from "./options.ts";
import { BENCHES } from "./registry.ts";

const USAGE = `npm run bench -- NAME [--option value]…\n\n${BENCHES.map(({ name, about }) => `  ${name.padEnd(8)}${about}`).join("\n")}`;

/** `npm run bench`. One JSON line a figure, then a table. */
export async function bench([name, ...rest]: string[]): Promise<number> {
  const chosen = BENCHES.find((bench) => bench.name === name);
  if (!chosen) throw new Failure(USAGE);
  const figures = new Figures(chosen.name);
  await chosen.run(figures, optionsOf(rest));
  console.log(`\n${figures.table()}`);
  return 0;
}
