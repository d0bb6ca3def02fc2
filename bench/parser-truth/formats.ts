import { type Judge, judgeFields, judgeLogfmt, judgePattern, judgeTime, judgeZurich } from "./judge.ts";
import { type TruthCase, truthCases } from "./truth-cases.ts";

export interface Score {
  format: string;
  passed: number;
  cases: number;
  failures: { line: string; source: string; why: string }[];
}

const isCore = ({ tier }: TruthCase): boolean => tier !== "other_product";
const all = (): boolean => true;

/** Each format: its file, how a case is judged, which cases count. */
const FORMATS: [format: string, file: string, judge: Judge, counts: (truth: TruthCase) => boolean][] = [
  ["access_web", "access_web", judgeFields(/combined|common/), isCore],
  ["access_other_products", "access_web", judgeFields(/combined|common/), (truth) => !isCore(truth)],
  ["access_json_lines", "access_json_lines", judgeFields(/json/), all],
  ["error_logs_apache_nginx", "error_logs_apache_nginx", judgeFields(/error/), all],
  ["apache_custom_logformat", "apache_custom_logformat", judgePattern, all],
  ["logfmt_vectors", "logfmt_vectors", judgeLogfmt, all],
  ["logfmt_real_lines", "logfmt_real_lines", judgeLogfmt, all],
  ["syslog_rfc3164", "syslog_rfc3164", judgeFields(/syslog/), all],
  ["syslog_rfc5424", "syslog_rfc5424", judgeFields(/syslog/), all],
  ["timestamps", "timestamps", judgeTime, all],
  ["fail2ban_times", "fail2ban_lines", judgeZurich, ({ expect }) => expect.time_zurich !== undefined],
];

export function scores(): Score[] {
  return FORMATS.map(([format, file, judge, counts]) => {
    const cases = truthCases(file).filter(counts);
    const failures: Score["failures"] = [];
    for (const truth of cases) {
      const why = judge(truth);
      if (why !== undefined) failures.push({ line: truth.line, source: truth.source, why });
    }
    return { format, passed: cases.length - failures.length, cases: cases.length, failures };
  });
}
