import type { SenderTest } from "./sender-test.ts";
import { curlSenders } from "./senders/curl.ts";
import { nodeLoggers } from "./senders/node-loggers.ts";
import { rsyslog } from "./senders/rsyslog.ts";
import { syslogNg } from "./senders/syslog-ng.ts";
import { systemdJournalUpload } from "./senders/systemd-journal-upload.ts";

/** Senders that are run in tests of their own, because they send what happens to them and not what a test gives them. */
export const TESTED_ALONE: readonly string[] = ["browser-beacon", "tail-worker"];

/** Every other sender that is run for real: together those that core/connect calls proven. */
export const SENDER_TESTS: readonly SenderTest[] = [
  rsyslog,
  syslogNg,
  systemdJournalUpload,
  ...nodeLoggers,
  ...curlSenders,
];
