import type { Sender } from "./sender.ts";

export const syslogNg: Sender = {
  name: "syslog-ng",
  title: "syslog-ng (http)",
  isProven: true,
  config: ({ origin, service, key }) => ({
    files: [
      {
        name: "/etc/syslog-ng/conf.d/weir.conf",
        text: `destination d_weir {
  http(
    url("${origin}/ingest/${service}")
    method("POST")
    headers("Authorization: Bearer ${key}", "Content-Type: application/x-ndjson")
    body("$(format-json time=$S_ISODATE host=$HOST severity=$LEVEL facility=$FACILITY app=$PROGRAM pid=$PID msgid=$MSGID message=$MESSAGE --key .SDATA.*)")
    frac-digits(6)
    batch-lines(500)
    batch-timeout(1000)
    delimiter("\\n")
    body-suffix("\\n")
    time-reopen(5)
    retries(1000000)
    timeout(30)
    persist-name("weir")
    disk-buffer(disk-buf-size(1073741824) mem-buf-size(67108864) reliable(yes))
  );
};

log { source(s_src); destination(d_weir); };
`,
      },
    ],
    run: "apt-get install syslog-ng-core syslog-ng-mod-http && systemctl restart syslog-ng",
    notes: [
      "s_src is the source of Debian's syslog-ng.conf; name your own where it is another.",
      "It repeats for ever on 503 and while nothing answers, with the disk buffer behind it. A body that can never be taken is answered with 422, on which it lets the batch go.",
      "With a wrong key it stands still, and loses nothing.",
    ],
  }),
};
