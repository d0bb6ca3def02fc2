import { DurableObject } from "cloudflare:workers";
import type { ServiceJson, ServicesFrame } from "../core/live/frames.ts";
import { errorsOf, type Tally } from "../core/live/live-counters.ts";
import { answerClose, closeSocketsOf } from "./close-sockets.ts";
import type { ObjectsEnv } from "./env.ts";

/** What a stream tells the overview, at most once a second; figures are absolute, so a lost one repairs itself. */
export interface StreamReport {
  service: string;
  shard: number;
  acknowledged: number;
  stored: number;
  /** Absent in reports of earlier versions. */
  discarded?: number;
  unconfirmed: number;
  oldestUnconfirmedMs: number | undefined;
  firstSeenMs: number | undefined;
  lastSeenMs: number | undefined;
  /** What GET /metrics shows beside; absent in reports that an earlier version saved. */
  journalBytes?: number;
  messagesSent?: number;
  sendErrors?: number;
  deadLetters?: number;
  watchers?: number;
  /** Epoch seconds of the last minute in which anything was received. */
  seconds: [second: number, tally: Tally][];
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS streams (service TEXT NOT NULL, shard INTEGER NOT NULL, report TEXT, PRIMARY KEY (service, shard)) WITHOUT ROWID;
`;

/** Reports are saved this long after the first unsaved one: before an object without events is put to sleep, which takes 10 s. */
const SAVE_AFTER_MS = 8_000;
const FRAME_EVERY_MS = 1_000;

/** The one object that knows every service: announces new ones, and shows all of them to the overview page. */
export class Overview extends DurableObject<ObjectsEnv> {
  readonly #sql = this.ctx.storage.sql;
  readonly #reports = new Map<string, StreamReport>();
  /** How many shards each announced service has. */
  readonly #services = new Map<string, number>();
  readonly #unsaved = new Set<string>();
  readonly #changed = new Set<string>();
  #sentMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ctx: DurableObjectState, env: ObjectsEnv) {
    super(ctx, env);
    this.#sql.exec(SCHEMA);
    for (const { service, shard, report } of this.#sql.exec<{ service: string; shard: number; report: string | null }>(
      "SELECT service, shard, report FROM streams",
    )) {
      this.#know(service, shard);
      if (report) this.#put(JSON.parse(report) as StreamReport);
    }
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** Takes a new service (or shard) in; false when there are `max` services already. */
  async register(service: string, max: number, shard = 0): Promise<boolean> {
    if (!this.#services.has(service) && this.#services.size >= max) return false;
    this.#sql.exec("INSERT OR IGNORE INTO streams (service, shard) VALUES (?, ?)", service, shard);
    this.#know(service, shard);
    return true;
  }

  async report(report: StreamReport): Promise<void> {
    this.#put(report);
    this.#unsaved.add(keyOf(report));
    if (this.#unsaved.size === 1 && (await this.ctx.storage.getAlarm()) === null) {
      await this.ctx.storage.setAlarm(Date.now() + SAVE_AFTER_MS);
    }
    this.#changed.add(report.service);
    this.#schedule();
  }

  override async alarm(): Promise<void> {
    for (const key of this.#unsaved) {
      const report = this.#reports.get(key);
      if (!report) continue;
      this.#sql.exec(
        "INSERT OR REPLACE INTO streams VALUES (?, ?, ?)",
        report.service,
        report.shard,
        JSON.stringify(report),
      );
    }
    this.#unsaved.clear();
  }

  /** Every announced service with what its streams reported last. */
  async services(): Promise<ServiceJson[]> {
    return this.#json([...this.#services.keys()].sort());
  }

  /** What every stream reported last, and who watches the overview itself: read without waking a stream. */
  async reports(): Promise<{ reports: StreamReport[]; services: number; watchers: number }> {
    return {
      reports: [...this.#reports.values()],
      services: this.#services.size,
      watchers: this.ctx.getWebSockets().length,
    };
  }

  override async fetch(request: Request): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, new URL(request.url).searchParams.getAll("owner"));
    server.send(JSON.stringify(this.#frame([...this.#services.keys()].sort())));
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Closes the sockets of an owner that may not see any more what they show. */
  async closeWatchers(owner: string): Promise<void> {
    closeSocketsOf(this.ctx, owner);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    answerClose(socket, code);
  }

  override webSocketMessage(): void {
    // The overview has nothing to be asked; pings are answered by the runtime without waking the object.
  }

  #put(report: StreamReport): void {
    this.#know(report.service, report.shard);
    this.#reports.set(keyOf(report), report);
  }

  #know(service: string, shard: number): void {
    this.#services.set(service, Math.max(this.#services.get(service) ?? 1, shard + 1));
  }

  /** One timer of a second at most, and only while somebody watches and something changed. */
  #schedule(): void {
    if (this.#timer !== undefined) return;
    if (this.ctx.getWebSockets().length === 0) {
      this.#changed.clear();
      return;
    }
    const waitMs = Math.max(0, this.#sentMs + FRAME_EVERY_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sentMs = Date.now();
      const text = JSON.stringify(this.#frame([...this.#changed]));
      this.#changed.clear();
      for (const socket of this.ctx.getWebSockets()) {
        try {
          socket.send(text);
        } catch {
          // The socket closed meanwhile.
        }
      }
    }, waitMs);
  }

  #frame(names: string[]): ServicesFrame {
    return { type: "services", atMs: Date.now(), services: this.#json(names) };
  }

  #json(names: string[]): ServiceJson[] {
    const nowMs = Date.now();
    return names.map((name) =>
      serviceJson(
        name,
        this.#services.get(name) ?? 1,
        [...this.#reports.values()].filter(({ service }) => service === name),
        nowMs,
      ),
    );
  }
}

const keyOf = ({ service, shard }: StreamReport): string => `${service}/${shard}`;

/** The reports of one service's shards added up. */
function serviceJson(name: string, shards: number, reports: StreamReport[], nowMs: number): ServiceJson {
  const seconds = new Map<number, [number, number]>();
  for (const report of reports) {
    for (const [second, tally] of report.seconds) {
      const [count, errors] = seconds.get(second) ?? [0, 0];
      seconds.set(second, [count + tally.count, errors + errorsOf(tally)]);
    }
  }
  const oldestMs = least(reports.map(({ oldestUnconfirmedMs }) => oldestUnconfirmedMs));
  return {
    name,
    shards,
    acknowledged: sum(reports.map(({ acknowledged }) => acknowledged)),
    stored: sum(reports.map(({ stored }) => stored)),
    discarded: sum(reports.map(({ discarded }) => discarded ?? 0)),
    unconfirmed: sum(reports.map(({ unconfirmed }) => unconfirmed)),
    firstSeenMs: least(reports.map(({ firstSeenMs }) => firstSeenMs)),
    lastSeenMs: greatest(reports.map(({ lastSeenMs }) => lastSeenMs)),
    lagMs: oldestMs === undefined ? 0 : Math.max(0, nowMs - oldestMs),
    seconds: [...seconds].sort(([a], [b]) => a - b).map(([second, [count, errors]]) => [second, count, errors]),
  };
}

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);
const known = (numbers: (number | undefined)[]): number[] => numbers.filter((number) => number !== undefined);
const least = (numbers: (number | undefined)[]): number | undefined =>
  known(numbers).length ? Math.min(...known(numbers)) : undefined;
const greatest = (numbers: (number | undefined)[]): number | undefined =>
  known(numbers).length ? Math.max(...known(numbers)) : undefined;
