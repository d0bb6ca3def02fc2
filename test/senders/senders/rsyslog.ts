import { dirname, join } from "node:path";
import { findIn } from "../install/debian.ts";
import { syslogDaemon } from "../syslog-daemon.ts";

export const rsyslog = syslogDaemon({
  name: "rsyslog",
  packages: ["rsyslog", "rsyslog-elasticsearch"],
  configuration: (given, port, folder) => `global(workDirectory="${folder}/work")
module(load="imtcp")
input(type="imtcp" port="${port}" address="127.0.0.1")
${given.replace("/var/log/", `${folder}/`)}`,
  command: (root, file, folder) => [
    findIn(root, "rsyslogd"),
    ...["-n", "-f", file, "-i", join(folder, "pid"), "-M", dirname(findIn(root, "omelasticsearch.so"))],
  ],
});
