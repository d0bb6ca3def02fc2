import { any } from "./any.ts";
import { beacon } from "./beacon.ts";
import { datadog } from "./datadog.ts";
import { elastic } from "./elastic.ts";
import { gelf } from "./gelf.ts";
import { journald } from "./journald.ts";
import { logpush } from "./logpush.ts";
import { loki } from "./loki.ts";
import { otlp } from "./otlp.ts";
import type { Protocol } from "./protocol.ts";
import { splunk } from "./splunk.ts";

/** Every way to send; each answers the paths under its mount. */
export const PROTOCOLS: readonly Protocol[] = [
  any,
  otlp,
  loki,
  elastic,
  splunk,
  datadog,
  gelf,
  journald,
  logpush,
  beacon,
];
