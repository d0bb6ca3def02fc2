import { criContentAt } from "./cri-content-at.ts";
import type { Parser } from "./parser.ts";
import { putAttr } from "./put-attr.ts";
import { dropNoTime, putFlag } from "./put-time.ts";
import { isoTime, readIsoTime } from "./time/iso-time.ts";
import { contentOf, isPartial } from "./traces/content-of.ts";

/** The tag of a line of which another part follows. */
const P = 80;
/** `stdout` has it where `stderr` has an `e`. */
const O = 111;

/**
 * The wrapper of Kubernetes' container runtimes: `2016-10-06T00:17:09.669794202Z stdout F content`.
 *
 * The content is read as a line of its own; the time is the wrapper's. Several such lines that belong together (parts of
 * a long one, a stack trace) are one content. Source: Kubernetes CRI, log format of the kubelet.
 */
export const cri: Parser = {
  name: "cri",
  starts: ["digit"],
  parse(line, context, inside) {
    const at = criContentAt(line);
    if (at === -1) return undefined;
    if (!readIsoTime(line, 0) || isoTime.end !== at - 10 || !isoTime.hasZone) return undefined;
    const { ms, subNs, end } = isoTime;
    const isJoined = line.includes("\n");
    const record = inside(isJoined ? contentOfLines(line) : line.slice(at), context);
    record.tsMs = ms;
    record.subNs = subNs === 0 ? undefined : subNs;
    dropNoTime(record);
    if (isJoined) putFlag(record, "joined");
    else if (line.charCodeAt(at - 2) === P) putFlag(record, "cut");
    putAttr(record, "stream", line.charCodeAt(end + 4) === O ? "stdout" : "stderr");
    record.raw = line;
    return record;
  },
};

function contentOfLines(text: string): string {
  let content = "";
  let gap = "";
  for (const line of text.split("\n")) {
    content += gap + contentOf(line);
    gap = isPartial(line) ? "" : "\n";
  }
  return content;
}
