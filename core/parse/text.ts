import { LogRecord } from "../record.ts";
import { findTime } from "./find-time.ts";
import { levelOfText } from "./level-of-text.ts";
import type { Parser } from "./parser.ts";
import { putNoTime } from "./put-time.ts";

/** Any line: the message is the whole line, its time and level are looked for. Refuses nothing, so it is the last. */
export const text = {
  name: "text",
  parse(line, context) {
    const record = new LogRecord();
    record.message = line;
    record.level = levelOfText(line);
    const time = findTime(line, context);
    if (!time) putNoTime(record, context);
    else {
      record.tsMs = time.tsMs;
      record.subNs = time.subNs === 0 ? undefined : time.subNs;
    }
    return record;
  },
} satisfies Parser;
