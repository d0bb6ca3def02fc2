import { dirname, join } from "node:path";
import { findIn } from "../install/debian.ts";
import { syslogDaemon } from "../syslog-daemon.ts";

export const syslogNg = syslogDaemon({
  name: "syslog-ng",
  packages: ["syslog-ng-core", "syslog-ng-mod-http"],
  configuration: (given, port, folder) => `@version: 3.38
options { keep-hostname(yes); };
source s_src { network(ip("127.0.0.1") port(${port}) flags(syslog-protocol) log-iw-size(2000)); };
${given.replace("disk-buffer(", `disk-buffer(dir("${folder}") `)}`,
  command: (root, file, folder) => [
    findIn(root, "sbin/syslog-ng"),
    ...["-F", "--no-caps", "-f", file, "--module-path", dirname(findIn(root, "libhttp.so"))],
    ...["-R", join(folder, "persist"), "-p", join(folder, "pid"), "-c", join(folder, "ctl")],
  ],
});
