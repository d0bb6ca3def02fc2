import { originWithPort } from "./address.ts";
import type { Sender } from "./sender.ts";

/**
 * omelasticsearch is the one HTTP output that every distribution packs. It reads the JSON of an answer and never its status:
 * an error object makes it give the batch up, into `errorFile`; a broken connection makes it wait and send again.
 */
export const rsyslog: Sender = {
  name: "rsyslog",
  title: "rsyslog (omelasticsearch)",
  isProven: true,
  config: (target) => ({
    files: [
      {
        name: "/etc/rsyslog.d/60-weir.conf",
        text: `module(load="omelasticsearch")

template(name="weir" type="list" option.jsonf="on") {
  property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="host" name="hostname" format="jsonf")
  property(outname="severity" name="syslogseverity-text" format="jsonf")
  property(outname="facility" name="syslogfacility-text" format="jsonf")
  property(outname="app" name="programname" format="jsonf")
  property(outname="pid" name="procid" format="jsonf")
  property(outname="message" name="msg" format="jsonf" position.from="1")
}

action(
  type="omelasticsearch"
  name="weir"
  server="${originWithPort(target)}/elastic"
  searchIndex="${target.service}"
  searchType=""
  uid="weir"
  pwd="${target.key}"
  template="weir"
  bulkmode="on"
  errorFile="/var/log/weir-refused.json"
  action.resumeRetryCount="-1"
  action.resumeInterval="5"
  queue.type="LinkedList"
  queue.filename="weir"
  queue.maxDiskSpace="1g"
  queue.saveOnShutdown="on"
  queue.dequeueBatchSize="500"
  queue.timeoutEnqueue="0"
)
`,
      },
    ],
    run: "apt-get install rsyslog-elasticsearch && systemctl restart rsyslog",
    notes: [
      "The queue is in memory and goes on in rsyslog's workDirectory (which must be set) while nothing answers: nothing is lost.",
      "After a broken connection it sends the batch again record by record: if the broken one had been stored, its records are there twice.",
      "What is refused (a wrong key, a body too large) goes to errorFile and is not sent again.",
    ],
  }),
};
