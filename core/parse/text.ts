import { LogRecord } from "../record.ts";
import { findTime } from "./find-time.ts";
import { levelOfText } from "./level-of-text.ts";
import type { Parser } from "./parser.ts";
import { putNoTime } from "./put-time.ts";
import { stripShownAnsi } from "./strip-ansi.ts";

/** Any line: the message is the whole line, its time and level are looked for. Refuses nothing, so it is the last. */
export const text = {
  name: "text",
  parse(line, context) {
    const record = new LogRecord();
    record.message = line;
    const plain = stripShownAnsi(line);
    const time = findTime(plain, context);
    // A level stands before the time or after it, never in it.
    record.level = levelOfText(plain, time !== undefined && time.at < 2 ? time.end : 0);
    if (time) {
      record.tsMs = time.tsMs;
      record.subNs = time.subNs;
    } else putNoTime(record, context);
    return record;
  },
} satisfies Parser;
