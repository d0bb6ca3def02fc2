import { originWithPort } from "./address.ts";
import type { Sender } from "./sender.ts";

export const filebeat: Sender = {
  name: "filebeat",
  title: "Filebeat (output.elasticsearch)",
  isProven: false,
  config: (target) => ({
    files: [
      {
        name: "/etc/filebeat/filebeat.yml",
        text: `filebeat.inputs:
  - type: filestream
    id: logs
    paths: ["/var/log/*.log"]

setup.template.enabled: false
setup.ilm.enabled: false

output.elasticsearch:
  hosts: ["${originWithPort(target)}/elastic"]
  username: "weir"
  password: "${target.key}"
  index: "${target.service}"
  compression_level: 1
`,
      },
    ],
    notes: ["Without a port it takes 9200.", "It repeats until it is answered; positions are kept in its registry."],
  }),
};
