import { type LevelScale, levelOfName, levelOfNumber } from "../parse/level.ts";
import type { Level, LogRecord } from "../record.ts";

export function putLevel(record: LogRecord, value: unknown, scale: LevelScale | undefined): boolean {
  const level =
    typeof value === "string"
      ? levelOfText(value, scale)
      : typeof value === "number"
        ? numbered(value, scale)
        : undefined;
  if (level !== undefined) record.level = level;
  return level !== undefined;
}

function levelOfText(text: string, scale: LevelScale | undefined): Level | undefined {
  return levelOfName(text) ?? (text !== "" && text.length < 4 ? numbered(Number(text), scale) : undefined);
}

/** Monolog counts in hundreds, from 100 for debug to 600 for emergency. */
const MONOLOG: Level[] = ["debug", "info", "warn", "error", "fatal", "fatal"];

const numbered = (value: number, scale: LevelScale | undefined): Level | undefined =>
  value >= 100 && value <= 600 ? MONOLOG[Math.floor(value / 100) - 1] : levelOfNumber(value, scale);
