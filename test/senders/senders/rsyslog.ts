import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { startChild } from "../child.ts";
import { configurationOf } from "../configuration.ts";
import { findIn, libraryEnv, unpackDebian } from "../install/debian.ts";
import type { SenderTest } from "../sender-test.ts";
import { connectTo, expectedOfSyslog, freePort, SYSLOG_LEVELS, syslogLine } from "../syslog-line.ts";

const install = () => unpackDebian("rsyslog", ["rsyslog", "rsyslog-elasticsearch"]);

export const rsyslog: SenderTest = {
  name: "rsyslog",
  levels: SYSLOG_LEVELS,
  expected: expectedOfSyslog,
  install,
  async start(target, folder) {
    const root = install();
    const port = await freePort();
    const [file] = configurationOf("rsyslog", target).files;
    mkdirSync(join(folder, "work"), { recursive: true });
    const main = join(folder, "rsyslog.conf");
    writeFileSync(
      main,
      `global(workDirectory="${folder}/work")
module(load="imtcp")
input(type="imtcp" port="${port}" address="127.0.0.1")
${file!.text.replace("/var/log/", `${folder}/`)}`,
    );
    const modules = dirname(findIn(root, "omelasticsearch.so"));
    const child = startChild(
      findIn(root, "rsyslogd"),
      ["-n", "-f", main, "-i", join(folder, "pid"), "-M", modules],
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
