import { segmentTemplate } from "./segment-template.ts";

/** Longer paths are scans and payloads; their tail would make every one a template of its own. */
const MAX_PATH = 512;
const SLASH = 47;

/** The path without its query, with names for numbers, ids, hashes and dates; one look at each character. */
export function templateOf(path: string): string {
  const length = Math.min(path.length, MAX_PATH);
  let out = "";
  let copied = 0;
  let start = 0;
  let isSuspect = false;
  let at = 0;
  for (; at <= length; at++) {
    const code = at < length ? path.charCodeAt(at) : SLASH;
    if (code === SLASH) {
      if (isSuspect) {
        out += path.slice(copied, start) + segmentTemplate(path.slice(start, at));
        copied = at;
      }
      start = at + 1;
      isSuspect = false;
    } else if (isEnd(code)) {
      return (
        out + path.slice(copied, start) + (isSuspect ? segmentTemplate(path.slice(start, at)) : path.slice(start, at))
      );
    } else if ((code <= 57 && code >= 48) || code === 64) isSuspect = true;
  }
  return out + path.slice(copied, length);
}

/** Where the query, the fragment or the parameters (`;jsessionid=…`) begin. */
const isEnd = (code: number): boolean => code === 63 || code === 35 || code === 59;
