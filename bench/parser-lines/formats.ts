import { Random } from "../../tools/simulate/random.ts";
import { accessLog } from "../access-log.ts";

export interface LineFormat {
  name: string;
  lines: string[];
  /** The least work that takes the same lines apart: JSON.parse, or one expression with a group for each part. */
  ceiling: "JSON.parse" | RegExp;
}

const START_MS = Date.UTC(2026, 0, 5, 8);
const LEVELS = ["debug", "info", "info", "info", "warn", "error"];
const PATHS = ["/", "/cart", "/products/42", "/api/v1/orders/77031?page=2", "/static/app.3fa9c1.js", "/login"];
const MESSAGES = [
  "user signed in",
  "cart is full",
  "payment refused by the bank",
  "cache miss for key session",
  "query took longer than expected",
];

/** What a line of any format is made of; times go on by some milliseconds. */
interface Event {
  iso: string;
  ms: number;
  level: string;
  message: string;
  path: string;
  status: number;
  bytes: number;
  durationMs: number;
  ip: string;
  pid: number;
}

function events(count: number): Event[] {
  const random = new Random(7);
  let ms = START_MS;
  return Array.from({ length: count }, () => {
    ms += random.int(40);
    return {
      ms,
      iso: new Date(ms).toISOString(),
      level: random.pick(LEVELS),
      message: random.pick(MESSAGES),
      path: random.pick(PATHS),
      status: random.pick([200, 200, 200, 304, 404, 500]),
      bytes: random.int(50_000),
      durationMs: 1 + random.int(900),
      ip: `10.${random.int(250)}.${random.int(250)}.${random.int(250)}`,
      pid: 100 + random.int(9_000),
    };
  });
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const clock = ({ iso }: Event) => iso.slice(11, 19);
const slashed = (event: Event) => `${event.iso.slice(0, 10).replaceAll("-", "/")} ${clock(event)}`;
const bsd = ({ iso }: Event) =>
  `${MONTHS[Number(iso.slice(5, 7)) - 1]} ${String(Number(iso.slice(8, 10))).padStart(2)} ${iso.slice(11, 19)}`;
const apache = (event: Event) =>
  `${new Date(event.ms).toUTCString().slice(0, 3)} ${bsd(event).slice(0, 6)} ${clock(event)}.${event.iso.slice(20, 23)}456 ${event.iso.slice(0, 4)}`;

/** How each format writes an event, and the expression that takes it apart again. */
const WRITERS: [name: string, write: (event: Event) => string, ceiling: LineFormat["ceiling"]][] = [
  [
    "json",
    (e) =>
      JSON.stringify({
        time: e.iso,
        level: e.level,
        msg: e.message,
        method: "GET",
        path: e.path,
        status: e.status,
        bytes: e.bytes,
        duration_ms: e.durationMs,
        ip: e.ip,
        user_id: e.pid,
        request_id: `r-${e.ms}`,
      }),
    "JSON.parse",
  ],
  [
    "pino",
    (e) =>
      JSON.stringify({
        level: 30,
        time: e.ms,
        pid: e.pid,
        hostname: "web-1",
        req: { id: e.pid, method: "GET", url: e.path, remoteAddress: e.ip },
        res: { statusCode: e.status },
        responseTime: e.durationMs,
        msg: "request completed",
      }),
    "JSON.parse",
  ],
  [
    "docker",
    (e) => JSON.stringify({ log: `${e.iso} ${e.level.toUpperCase()} ${e.message}\n`, stream: "stdout", time: e.iso }),
    "JSON.parse",
  ],
  [
    "logfmt",
    (e) =>
      `time=${e.iso} level=${e.level} msg="${e.message}" method=GET path=${e.path} status=${e.status} duration=${e.durationMs}ms remote_addr=${e.ip} user_id=${e.pid}`,
    /([^\s="]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g,
  ],
  [
    "syslog5424",
    (e) =>
      `<134>1 ${e.iso} web-1 shop ${e.pid} ID47 [meta@1 sequenceId="${e.pid}" ip="${e.ip}"] ${e.message} ${e.path}`,
    /^<(\d{1,3})>(\d{1,3}) (\S+) (\S+) (\S+) (\S+) (\S+) (-|(?:\[(?:[^\]\\]|\\.)*\])+) ?(.*)$/,
  ],
  [
    "syslog3164",
    (e) => `<34>${bsd(e)} web-1 sshd[${e.pid}]: ${e.message} from ${e.ip}`,
    /^<(\d{1,3})>(\w{3} [ \d]\d [\d:]{8}) (\S+) ([^\s:[]+)(?:\[(\d+)\])?: (.*)$/,
  ],
  [
    "nginx_error",
    (e) =>
      `${slashed(e)} [error] ${e.pid}#${e.pid}: *${e.bytes} open() "/srv${e.path}" failed (2: No such file or directory), client: ${e.ip}, server: www, request: "GET ${e.path} HTTP/1.1", host: "shop.example.com"`,
    /^(\S+ \S+) \[(\w+)\] (\d+)#(\d+): \*(\d+) (.*?), client: (\S+), server: (.*?), request: "([^"]*)"(?:, upstream: "([^"]*)")?, host: "([^"]*)"(?:, referrer: "([^"]*)")?$/,
  ],
  [
    "apache_error",
    (e) => `[${apache(e)}] [core:error] [pid ${e.pid}:tid ${e.ms}] [client ${e.ip}:49580] AH00126: ${e.message}`,
    /^\[([^\]]+)\] \[([^:\]]*):(\w+)\] \[pid (\d+)(?::tid (\d+))?\] \[client (\S+):(\d+)\] (?:(AH\d+): )?(.*)$/,
  ],
  [
    "alb",
    (e) =>
      `https ${e.iso.slice(0, -1)}641Z app/web/50dc6c495c0c9188 ${e.ip}:2817 10.0.0.1:80 0.000 0.0${10 + (e.durationMs % 80)} 0.000 ${e.status} ${e.status} 34 ${e.bytes} "GET https://shop.example.com:443${e.path} HTTP/1.1" "Mozilla/5.0 (X11; Linux x86_64)" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu:1:targetgroup/t/73e2 "Root=1-58337262-36d228ad5d99923122bbe354" "shop.example.com" "arn:aws:acm:eu:1:certificate/1" 0 ${e.iso.slice(0, -1)}000Z "forward" "-" "-" "10.0.0.1:80" "${e.status}" "-" "-"`,
    /^(\S+) (\S+) (\S+) (\S+):(\d+) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) "([^"]*)" "([^"]*)" (\S+) (\S+) (\S+) "([^"]*)" "([^"]*)" "([^"]*)" (\S+) (\S+) "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)" "([^"]*)"$/,
  ],
  [
    "w3c",
    (e) =>
      `${e.iso.slice(0, 10)} ${clock(e)} 10.0.0.1 GET ${e.path.split("?")[0]} - 443 - ${e.ip} Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64) https://shop.example.com/ ${e.status} 0 0 ${e.durationMs}`,
    /^(\S+ \S+) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) (\S+) (\d+) (\d+) (\d+) (\d+)$/,
  ],
  [
    "cef",
    (e) =>
      `CEF:0|Weir|Firewall|1.0|100|${e.message}|${e.level === "error" ? 8 : 3}|rt=${e.ms} src=${e.ip} dst=10.0.0.1 spt=${e.pid} act=blocked request=${e.path} msg=${e.message} at the gate`,
    /^CEF:(\d+)\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|rt=(\S+) src=(\S+) dst=(\S+) spt=(\S+) act=(\S+) request=(\S+) msg=(.*)$/,
  ],
  [
    "cri",
    (e) => `${e.iso.slice(0, -1)}123456Z stdout F ${e.iso} ${e.level.toUpperCase()} ${e.message}`,
    /^(\S+) (stdout|stderr) ([FP]) (\S+) ([A-Z]+) (.*)$/,
  ],
  [
    "text",
    (e) =>
      `${e.iso.slice(0, 10)} ${clock(e)},${e.iso.slice(20, 23)} ${e.level.toUpperCase()} [main-${e.pid}] com.example.shop.Cart - ${e.message} (${e.path})`,
    /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) ([A-Z]+) \[([^\]]+)\] (\S+) - (.*)$/,
  ],
];

const COMBINED =
  /^(\S+) (\S+) (.+?) \[([^\]]+)\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (\d+|-) "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"(?: (\S+))?$/;
const COMMON = /^(\S+) (\S+) (.+?) \[([^\]]+)\] "((?:[^"\\]|\\.)*)" (\d{3}|-) (\d+|-)$/;

/** `count` lines of each format. */
export function lineFormats(count: number): LineFormat[] {
  const log = accessLog(1, count, START_MS);
  const combined = Array.from({ length: count }, log.next);
  const all = events(count);
  return [
    { name: "combined", lines: combined, ceiling: COMBINED },
    {
      name: "common",
      lines: combined.map((line) => line.slice(0, line.indexOf(' "', line.indexOf('" ')))),
      ceiling: COMMON,
    },
    ...WRITERS.map(([name, write, ceiling]) => ({ name, lines: all.map(write), ceiling })),
  ];
}
