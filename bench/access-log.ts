import { accessLine } from "../tools/simulate/access-line.ts";
import { ipv4, ipv6 } from "../tools/simulate/addresses.ts";
import { Random, weightedIndex, zipfWeights } from "../tools/simulate/random.ts";
import { userAgents } from "../tools/simulate/user-agents.ts";

const ENDPOINTS = 2_000;
const CLIENTS = 50_000;
const DAY_MS = 24 * 3_600_000;

const WORDS =
  "users orders cart checkout products search login session assets images invoices payments reports profile settings export items reviews inventory shipping returns coupons webhooks events metrics feed docs help contact upload".split(
    " ",
  );
const EXTENSIONS = ["js", "css", "png", "svg", "woff2", "webp"];
const METHODS: [string, number][] = [
  ["GET", 78],
  ["POST", 15],
  ["PUT", 3],
  ["DELETE", 2],
  ["HEAD", 1.5],
  ["OPTIONS", 0.5],
];
const STATUSES: [number, number][] = [
  [200, 84],
  [304, 6],
  [201, 2],
  [302, 2.5],
  [404, 3],
  [401, 0.8],
  [403, 0.5],
  [400, 0.4],
  [429, 0.2],
  [500, 0.4],
  [502, 0.1],
  [503, 0.1],
];
const USERS: [string, number][] = [
  ["-", 85],
  ["alice", 5],
  ["bob", 5],
  ["carol", 5],
];
const REFERRERS = [
  "-",
  "-",
  "-",
  "https://www.google.com/",
  "https://shop.example.com/",
  "https://shop.example.com/products",
  "https://duckduckgo.com/",
  "https://t.co/a8Kd0",
  "https://shop.example.com/search?q=shoes&page=2",
];

interface Endpoint {
  path: string;
  isAsset: boolean;
  hasQuery: boolean;
}

/** Counts that the server must come to as well. */
export interface LogTruth {
  lines: number;
  statuses: Record<string, number>;
  bytes: number;
}

export interface AccessLog {
  /** The next line, without its end. */
  next(): string;
  truth: LogTruth;
}

/**
 * The log that ingest is measured with: combined lines and a response time, 24 hours in time order, 2,000 endpoints
 * (Zipf 1.05), 50,000 clients (Zipf 0.8, 15 % IPv6), 200 user agents, 12 statuses, about 230 bytes a line.
 *
 * @param lines how many lines the 24 hours are spread over
 * @param startMs time of the first line
 */
export function accessLog(seed: number, lines: number, startMs: number): AccessLog {
  const random = new Random(seed);
  const endpoints = Array.from({ length: ENDPOINTS }, () => endpointOf(random));
  const endpointIndex = weightedIndex(zipfWeights(ENDPOINTS, 1.05));
  const agents = userAgents();
  const agentIndex = weightedIndex(agents.map(({ weight }) => weight));
  const clients = Array.from({ length: CLIENTS }, () => ({
    ip: random.chance(0.15) ? ipv6(random) : ipv4(random),
    userAgent: agents[agentIndex(random)]!.text,
  }));
  const clientIndex = weightedIndex(zipfWeights(CLIENTS, 0.8));
  const [method, status, user] = [chooser(METHODS), chooser(STATUSES), chooser(USERS)];
  const truth: LogTruth = { lines: 0, statuses: {}, bytes: 0 };
  let tsMs = startMs;

  function next(): string {
    const curve = 1 + 0.6 * Math.sin((truth.lines / lines) * 2 * Math.PI - 1.5);
    tsMs += ((DAY_MS / lines) * 0.8 * -Math.log(1 - random.next())) / curve;
    const { path, isAsset, hasQuery } = endpoints[endpointIndex(random)]!;
    const { ip, userAgent } = clients[clientIndex(random)]!;
    const code = status(random);
    truth.lines++;
    truth.statuses[code] = (truth.statuses[code] ?? 0) + 1;
    const bytes = code === 304 ? undefined : Math.floor(random.around(1_800, 1.2));
    truth.bytes += bytes ?? 0;
    return accessLine({
      ...{ tsMs, ip, userAgent, bytes, status: code },
      user: user(random),
      method: isAsset ? "GET" : method(random),
      path: hasQuery ? `${path}?q=${random.pick(WORDS)}&page=${1 + random.int(20)}` : path,
      protocol: random.chance(0.7) ? "HTTP/1.1" : "HTTP/2.0",
      referrer: random.pick(REFERRERS),
      durationMs: Math.round(random.around(isAsset ? 3 : 25, 0.9)),
    });
  }
  return { next, truth };
}

function endpointOf(random: Random): Endpoint {
  const words = `${random.pick(WORDS)}/${random.pick(WORDS)}`;
  const kind = random.next();
  if (kind < 0.35) return { path: `/api/v${1 + random.int(2)}/${words}`, isAsset: false, hasQuery: random.chance(0.3) };
  if (kind < 0.6) {
    const path = `/static/${words}.${random.hex(8)}.${random.pick(EXTENSIONS)}`;
    return { path, isAsset: true, hasQuery: false };
  }
  if (kind < 0.85)
    return { path: `/api/v1/${random.pick(WORDS)}/${1_000 + random.int(90_000)}`, isAsset: false, hasQuery: false };
  return { path: `/${words}-${random.int(1_000)}`, isAsset: false, hasQuery: false };
}

function chooser<Value>(rows: [Value, number][]): (random: Random) => Value {
  const index = weightedIndex(rows.map(([, weight]) => weight));
  return (random) => rows[index(random)]![0];
}
