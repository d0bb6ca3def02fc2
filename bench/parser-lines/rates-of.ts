/** A few hundred microseconds of work: short enough that some rounds of it are not interrupted. */
const CHUNK = 50;
const ROUNDS = 150;
const WARM_UP_ROUNDS = 30;

/**
 * Lines per second of each work on the same lines.
 *
 * The works take turns on chunks of the lines, and of each chunk the fastest round counts: so the figures say what the
 * code costs on this machine, whatever else it is busy with.
 */
export function ratesOf<Name extends string>(
  given: string[],
  works: Record<Name, (line: string) => unknown>,
): Record<Name, number> {
  // As they come off the wire: parts of one large text.
  const lines = given.join("\n").split("\n");
  const names = Object.keys(works) as Name[];
  const fastestMs = names.map(() => new Float64Array(Math.ceil(lines.length / CHUNK)).fill(Number.POSITIVE_INFINITY));
  const kept: unknown[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (let chunk = 0; chunk * CHUNK < lines.length; chunk++) {
      const part = lines.slice(chunk * CHUNK, (chunk + 1) * CHUNK);
      names.forEach((name, index) => {
        const work = works[name];
        const startMs = performance.now();
        for (const line of part) kept[0] = work(line);
        const tookMs = performance.now() - startMs;
        if (round >= 0) fastestMs[index]![chunk] = Math.min(fastestMs[index]![chunk]!, tookMs);
      });
    }
  }
  const rates = names.map((name, index) => [
    name,
    (lines.length / fastestMs[index]!.reduce((sum, ms) => sum + ms, 0)) * 1_000,
  ]);
  return Object.fromEntries(rates) as Record<Name, number>;
}
