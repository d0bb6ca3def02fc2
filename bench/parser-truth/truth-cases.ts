import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Real lines with what other projects' own suites expect of them; beside the project, not in it. */
const FOLDER = fileURLToPath(new URL("../../../shared/data/parser/", import.meta.url));

export interface TruthCase {
  line: string;
  expect: {
    ok: boolean;
    format?: string;
    fields?: Record<string, unknown>;
    pairs?: [string, string | null][];
    utc?: string;
    time_zurich?: string;
    directives?: Record<string, unknown>;
  };
  /** The line's bytes where they are not UTF-8. */
  line_bytes_b64?: string;
  source: string;
  tier?: "core" | "other_product";
  /** Fields on which sources disagree, or true for the whole case. */
  contested?: string[] | true;
  /** Apache's LogFormat, in the cases of custom formats. */
  format?: string;
}

export const hasTruth = existsSync(FOLDER);

export function truthCases(file: string): TruthCase[] {
  const text = readFileSync(`${FOLDER}${file}.jsonl`, "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as TruthCase);
}
