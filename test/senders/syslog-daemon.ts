import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../bench/free-port.ts";
import { startChild } from "./child.ts";
import { configurationOf } from "./configuration.ts";
import { libraryEnv, unpackDebian } from "./install/debian.ts";
import type { SenderTest } from "./sender-test.ts";
import { connectTo, expectedOfSyslog, SYSLOG_LEVELS, syslogLine } from "./syslog-line.ts";

interface SyslogDaemon {
  /** As in core/connect, and its first package in Debian. */
  name: string;
  packages: string[];
  /** A whole configuration that listens on the port; `given` is what core/connect gives out. */
  configuration(given: string, port: number, folder: string): string;
  /** The command line that runs it with the configuration in `file`. */
  command(root: string, file: string, folder: string): [program: string, ...args: string[]];
}

/** A daemon of Debian's that takes syslog over TCP and sends it on. */
export function syslogDaemon({ name, packages, configuration, command }: SyslogDaemon): SenderTest {
  const install = () => unpackDebian(name, packages);
  return {
    name,
    levels: SYSLOG_LEVELS,
    expected: expectedOfSyslog,
    install,
    async start(target, folder) {
      const root = install();
      const port = await freePort();
      const [given] = configurationOf(name, target).files;
      mkdirSync(join(folder, "work"), { recursive: true });
      const file = join(folder, `${name}.conf`);
      writeFileSync(file, configuration(given!.text, port, folder));
      const [program, ...args] = command(root, file, folder);
      const child = startChild(program, args, folder, { env: libraryEnv(root) });
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
}
