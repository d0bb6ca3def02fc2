import { timeIn } from "./time-in.ts";

export interface ReplayOptions {
  /** How many times faster than life; Infinity for as fast as it goes. */
  speed: number;
  /** Write each line's time anew, so that the log seems to happen now. */
  retime: boolean;
  /** When the replay starts, epoch milliseconds. */
  startMs: number;
  /** The latest time in the file; a retimed replay at full speed ends at `startMs`, as everything in it is past. */
  lastMs: number | undefined;
}

export interface ReplayedLine {
  line: string;
  /** When to send it, epoch milliseconds. */
  dueMs: number;
}

/** Gives lines the moments at which to send them. Lines that lack a time, or run backwards, follow their predecessor. */
export function replay(options: ReplayOptions): (line: string) => ReplayedLine {
  const { speed, retime, startMs, lastMs } = options;
  const paced = Number.isFinite(speed);
  let firstMs: number | undefined;
  let dueMs = startMs;
  return (line) => {
    const time = timeIn(line);
    if (!time) return { line, dueMs };
    firstMs ??= time.tsMs;
    if (paced) dueMs = Math.max(dueMs, startMs + (time.tsMs - firstMs) / speed);
    if (!retime) return { line, dueMs };
    const newMs = paced ? startMs + (time.tsMs - firstMs) / speed : startMs + time.tsMs - (lastMs ?? time.tsMs);
    return { line: line.slice(0, time.start) + time.write(newMs) + line.slice(time.end), dueMs };
  };
}
