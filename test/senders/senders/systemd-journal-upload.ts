import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Child, startChild } from "../child.ts";
import { configurationOf } from "../configuration.ts";
import { findIn, libraryEnv, unpackDebian } from "../install/debian.ts";
import type { SenderTest } from "../sender-test.ts";
import type { Sent } from "../sent.ts";
import { expectedOfSyslog, SEVERITY, SYSLOG_LEVELS } from "../syslog-line.ts";

const install = () => unpackDebian("journal", ["systemd-journal-remote"]);

export const systemdJournalUpload: SenderTest = {
  name: "systemd-journal-upload",
  levels: SYSLOG_LEVELS,
  expected: expectedOfSyslog,
  install,
  async start(target, folder) {
    const root = install();
    const env = libraryEnv(root);
    const [conf, unit] = configurationOf("systemd-journal-upload", target).files;
    const url = /^URL=(.+)$/m.exec(conf!.text)![1]!;
    const restartMs = Number(/^RestartSec=(\d+)$/m.exec(unit!.text)![1]) * 1_000;
    let isStopped = false;
    let running: Child | undefined;
    const uploads: Promise<void>[] = [];
    let files = 0;

    // A journal that systemd-journald is not writing is not waited on for more.
    const once = "--follow=no";

    /** What systemd does with the unit: starts it again until it has ended well. */
    async function upload(journal: string): Promise<void> {
      const args = ["--url", url, `--save-state=${journal}.state`, `--file=${journal}`, once];
      while (!isStopped) {
        running = startChild(findIn(root, "systemd-journal-upload"), args, folder, { env });
        if ((await running.ended) === 0) return;
        await sleep(restartMs);
      }
    }

    return {
      async send(records) {
        const journal = join(folder, `${files++}.journal`);
        writeFileSync(`${journal}.export`, records.map(exportEntry).join(""));
        const remote = findIn(root, "systemd-journal-remote");
        const made = startChild(remote, ["-o", journal, `${journal}.export`], folder, { env });
        if ((await made.ended) !== 0) throw new Error(`systemd-journal-remote made no journal in ${folder}`);
        const before = uploads.at(-1);
        uploads.push(Promise.resolve(before).then(() => upload(journal)));
      },
      async stop() {
        isStopped = true;
        await running?.kill();
        await Promise.all(uploads);
      },
    };
  },
};

const BOOT = "0123456789abcdef0123456789abcdef";

const exportEntry = ({ n, timeUs, level, message }: Sent): string => `__CURSOR=c${n}
__REALTIME_TIMESTAMP=${timeUs}
__MONOTONIC_TIMESTAMP=${n + 1}
_BOOT_ID=${BOOT}
_MACHINE_ID=${BOOT}
_HOSTNAME=web-1
SYSLOG_IDENTIFIER=shop
_PID=4242
PRIORITY=${SEVERITY[level as keyof typeof SEVERITY]}
MESSAGE=${message}

`;
