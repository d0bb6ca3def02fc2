import type { AccessLog } from "./access-log.ts";

/** The whole log as request bodies of `batch` lines. */
export function bodiesOf(log: AccessLog, lines: number, batch: number): Buffer[] {
  const bodies: Buffer[] = [];
  for (let left = lines; left > 0; left -= batch) {
    bodies.push(Buffer.from(Array.from({ length: Math.min(batch, left) }, log.next).join("\n")));
  }
  return bodies;
}
