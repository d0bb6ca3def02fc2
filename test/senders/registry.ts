import type { SenderTest } from "./sender-test.ts";
import { curlSenders } from "./senders/curl.ts";
import { nodeLoggers } from "./senders/node-loggers.ts";
import { rsyslog } from "./senders/rsyslog.ts";
import { syslogNg } from "./senders/syslog-ng.ts";
import { systemdJournalUpload } from "./senders/systemd-journal-upload.ts";

/** Every sender that is run for real: those that core/connect calls proven. */
export const SENDER_TESTS: readonly SenderTest[] = [
  rsyslog,
  syslogNg,
  systemdJournalUpload,
  ...nodeLoggers,
  ...curlSenders,
];
