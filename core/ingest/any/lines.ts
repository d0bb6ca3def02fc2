import type { Entry } from "../../record.ts";
import { MAX_ENTRIES } from "../limits.ts";
import type { IngestRequest } from "../protocol.ts";

interface Lines {
  entries: Entry[];
  recognised: string;
  hint?: string;
}

/** Names of what a line looks like, for the answer; parsers decide for themselves. */
const LOOKS: [RegExp, string][] = [
  [/^<\d{1,3}>/, "syslog"],
  [/^\S+ \S+ .{1,64}\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}\] "/, "access_log"],
  [/^[A-Za-z_][\w.]*=(?:"|\S).* [A-Za-z_][\w.]*=/, "logfmt"],
];

/** The lines of a text, empty ones left out. At most MAX_ENTRIES + 1. */
export function linesOf(text: string, request: IngestRequest): Lines {
  const entries = octetCounted(text) ?? splitLines(text);
  const first = entries[0] as string;
  const recognised = LOOKS.find(([look]) => look.test(first.slice(0, 500)))?.[1] ?? "lines";
  return { entries, recognised, hint: hintOf(entries, request) };
}

function splitLines(text: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length && lines.length <= MAX_ENTRIES; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    const line = text.charCodeAt(end - 1) === 13 ? text.slice(at, end - 1) : text.slice(at, end);
    if (!isBlank(line)) lines.push(line);
    at = end + 1;
  }
  return lines;
}

function isBlank(line: string): boolean {
  return line.length === 0 || (line.charCodeAt(0) <= 32 && line.trim() === "");
}

const FRAME = /(\d{1,5}) (?=<\d{1,3}>)/y;

/** `<34>…` messages with their length before each, as syslog over TCP has them. Source: RFC 6587 §3.4.1. */
function octetCounted(text: string): string[] | undefined {
  if (!/^\d{1,5} <\d{1,3}>/.test(text)) return undefined;
  const messages: string[] = [];
  for (let at = 0; at < text.length && messages.length <= MAX_ENTRIES; ) {
    FRAME.lastIndex = at;
    const frame = FRAME.exec(text);
    if (frame === null) return undefined;
    const end = FRAME.lastIndex + charsOfBytes(text, FRAME.lastIndex, Number(frame[1]));
    const message = text.slice(FRAME.lastIndex, end).trimEnd();
    if (message !== "") messages.push(message);
    at = end;
    while (text.charCodeAt(at) === 10) at++;
  }
  return messages.length > 0 ? messages : undefined;
}

/** How many UTF-16 units hold so many bytes of UTF-8: the lengths of frames count bytes. */
function charsOfBytes(text: string, from: number, bytes: number): number {
  let left = bytes;
  let at = from;
  for (; left > 0 && at < text.length; at++) {
    const code = text.charCodeAt(at);
    left -=
      code < 0x80
        ? 1
        : code < 0x800
          ? 2
          : code >= 0xd800 && code <= 0xdbff
            ? 4
            : code >= 0xdc00 && code <= 0xdfff
              ? 0
              : 3;
  }
  return at - from;
}

/** A time in brackets, as many times as lines were glued together. */
const CLF_TIME = /\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d/g;

/** `curl -d @access.log` takes the newlines out, and nothing can put them back. */
function hintOf(entries: Entry[], request: IngestRequest): string | undefined {
  if (entries.length !== 1 || !request.header("content-type")?.includes("x-www-form-urlencoded")) return undefined;
  const times = (entries[0] as string).slice(0, 100_000).match(CLF_TIME)?.length ?? 0;
  return times > 1
    ? "several lines came as one: use curl --data-binary @file or -T file, because -d removes newlines"
    : undefined;
}
