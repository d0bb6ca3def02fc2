import type { ServerMode } from "./with-server.ts";

/** `--name value` pairs of the command line, by name. A name alone is `yes`. */
export type BenchOptions = Partial<Record<string, string>>;

const YES = "yes";
const PAGE = "docs/benchmarks.md";

/** `--mode start,dev`. */
export function modesOf({ mode = "start" }: BenchOptions): ServerMode[] {
  return mode.split(",").map((name) => {
    if (name !== "start" && name !== "dev") throw new Error(`--mode is start, dev or both with a comma, not "${name}"`);
    return name;
  });
}

export const numbersOf = (list: string): number[] => list.split(",").map(Number);

/** Reads `--lines 1000 --mode dev --write`. */
export function optionsOf(args: readonly string[]): BenchOptions {
  const options: BenchOptions = {};
  for (let at = 0; at < args.length; at++) {
    const name = args[at]!;
    if (!name.startsWith("--") || name === "--") throw new Error(`expected --name value, not "${name}"`);
    const isAlone = args[at + 1] === undefined || args[at + 1]!.startsWith("--");
    options[name.slice(2)] = isAlone ? YES : args[++at]!;
  }
  return options;
}

/** The page that `--write` names: docs/benchmarks.md by itself; undefined where nothing is to be written. */
export const pageOf = ({ write }: BenchOptions): string | undefined => (write === YES ? PAGE : write);
