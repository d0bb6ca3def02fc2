import type { ServerMode } from "./with-server.ts";

/** `--name value` pairs of the command line, by name. */
export type BenchOptions = Partial<Record<string, string>>;

/** `--mode start,dev`. */
export function modesOf({ mode = "start" }: BenchOptions): ServerMode[] {
  return mode.split(",").map((name) => {
    if (name !== "start" && name !== "dev") throw new Error(`--mode is start, dev or both with a comma, not "${name}"`);
    return name;
  });
}

export const numbersOf = (list: string): number[] => list.split(",").map(Number);

/** Reads `--lines 1000 --mode dev`. */
export function optionsOf(args: string[]): BenchOptions {
  const options: BenchOptions = {};
  for (let i = 0; i < args.length; i += 2) {
    const [name, value] = [args[i]!, args[i + 1]];
    if (!name.startsWith("--") || value === undefined) throw new Error(`expected --name value, not "${name}"`);
    options[name.slice(2)] = value;
  }
  return options;
}
