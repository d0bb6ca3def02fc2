import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { startChild } from "../child.ts";
import { configurationOf } from "../configuration.ts";
import { findIn, libraryEnv, unpackDebian } from "../install/debian.ts";
import type { SenderTest } from "../sender-test.ts";
import { connectTo, expectedOfSyslog, freePort, SYSLOG_LEVELS, syslogLine } from "../syslog-line.ts";

const install = () => unpackDebian("syslog-ng", ["syslog-ng-core", "syslog-ng-mod-http"]);

export const syslogNg: SenderTest = {
  name: "syslog-ng",
  levels: SYSLOG_LEVELS,
  expected: expectedOfSyslog,
  install,
  async start(target, folder) {
    const root = install();
    const port = await freePort();
    const [file] = configurationOf("syslog-ng", target).files;
    const main = join(folder, "syslog-ng.conf");
    writeFileSync(
      main,
      `@version: 3.38
options { keep-hostname(yes); };
source s_src { network(ip("127.0.0.1") port(${port}) flags(syslog-protocol) log-iw-size(2000)); };
${file!.text.replace("disk-buffer(", `disk-buffer(dir("${folder}") `)}`,
    );
    const child = startChild(
      findIn(root, "sbin/syslog-ng"),
      [
        ...["-F", "--no-caps", "-f", main, "--module-path", dirname(findIn(root, "libhttp.so"))],
        ...["-R", join(folder, "persist"), "-p", join(folder, "pid"), "-c", join(folder, "ctl")],
      ],
      folder,
      { env: libraryEnv(root) },
    );
    const socket = await connectTo(port);
    return {
      async send(records) {
        socket.write(records.map(syslogLine).join(""));
      },
      async stop() {
        socket.destroy();
        await child.kill();
      },
    };
  },
};
