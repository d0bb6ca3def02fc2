import { DurableObject } from "cloudflare:workers";
import type { AppendAnswer, AppendRequest, MessageRange, PlacedPack } from "../core/delivery/message.ts";
import { Deliveries } from "./deliveries.ts";
import type { ObjectsEnv } from "./env.ts";
import { Journal } from "./journal.ts";
import { OneAlarm } from "./one-alarm.ts";
import { Reporter } from "./reporter.ts";
import { Sender } from "./sender.ts";
import { StreamState } from "./stream-state.ts";
import { reportOf, type StreamParts, type StreamStatus, statusOf } from "./stream-status.ts";
import { Watchers } from "./watchers.ts";

/** Past this a stream takes no more until the database has caught up: about 10 million ordinary lines. */
const MAX_JOURNAL_BYTES = 256_000_000;
/** What senders that would lose a refused batch may fill: so many times the bound of the others. An object holds 10 GB. */
const RESERVE_FACTOR = 8;
/** Confirmed packs are forgotten, and the counters saved, at most this often: one row written each time. */
const SAVE_EVERY_MS = 1_000;
const RETRY_AFTER_SECONDS = 2;

/**
 * The stream of one service (and shard): makes batches durable, numbers their records, counts them, shows them to
 * watchers, and sends what the database has not confirmed until it has.
 *
 * `append` only writes and returns; the runtime holds its answer back until the write is durable. Only the alarm
 * sends, forgets and saves: the runtime runs one alarm at a time and repeats a failed one.
 */
export class ServiceStream extends DurableObject<ObjectsEnv> {
  readonly #journal: Journal;
  readonly #state: StreamState;
  readonly #deliveries: Deliveries;
  readonly #watchers: Watchers;
  readonly #parts: StreamParts;
  readonly #sender: Sender;
  readonly #reporter: Reporter;
  readonly #alarm: OneAlarm;
  #registration: Promise<boolean> | undefined;
  #savedMs = 0;

  constructor(ctx: DurableObjectState, env: ObjectsEnv) {
    super(ctx, env);
    const journal = new Journal(ctx.storage.sql);
    const state = new StreamState(journal);
    const deliveries = new Deliveries(journal, Date.now());
    const watchers = new Watchers(ctx, state.live, () => state.position());
    this.#parts = { state, journal, deliveries, watchers };
    this.#journal = journal;
    this.#state = state;
    this.#deliveries = deliveries;
    this.#watchers = watchers;
    this.#sender = new Sender(env.RECORDS, journal, deliveries, state);
    this.#reporter = new Reporter(env.OVERVIEW, (nowMs) => reportOf(this.#parts, nowMs));
    this.#alarm = new OneAlarm(ctx.storage);
    // A killed process may have left work behind and no alarm; see "Why alarms are armed with care" in docs/operations.md.
    ctx.blockConcurrencyWhile(async () => {
      await this.#alarm.load();
      await this.#arm();
    });
  }

  /** Makes every pack of a batch durable and numbers its records, or takes none. */
  async append(request: AppendRequest): Promise<AppendAnswer> {
    if (!(await this.#isRegistered(request))) return { kind: "too_many_services", limit: this.#maxServices() };
    const { origin, packs, receivedMs, losesRefused } = request;
    const state = this.#state;
    const earlier = origin && state.earlier(origin, receivedMs);
    if (earlier) return earlier;
    if (state.journalBytes > this.#maxJournalBytes(losesRefused))
      return { kind: "full", retryAfterSeconds: RETRY_AFTER_SECONDS };

    const first = state.throughSeq + 1;
    for (const pack of packs) {
      const firstSeq = state.throughSeq + 1;
      this.#journal.append(firstSeq, receivedMs, pack);
      state.throughSeq += pack.count;
      const bytes = pack.body.length + pack.summaries.length;
      state.journalBytes += bytes;
      state.live.add(pack.tally, receivedMs);
      this.#deliveries.add({ firstSeq, count: pack.count, receivedMs, bytes, plainChars: pack.plainChars });
      this.#watchers.add(firstSeq, pack, receivedMs);
    }
    const range = packs.length === 0 ? undefined : { firstSeq: first, lastSeq: state.throughSeq };
    if (origin) this.#journal.writeOrigin(origin, range, receivedMs);
    this.#reporter.changed();
    await this.#arm();
    return { kind: "stored", ...state.named(range) };
  }

  override async alarm(): Promise<void> {
    await this.#alarm.run(async () => {
      this.#save();
      await this.#sender.sendDue();
      await this.#reporter.reportIfDue();
    });
    await this.#arm();
  }

  /** The consumer says that these messages are in the database. */
  async confirm(ranges: MessageRange[]): Promise<void> {
    for (const range of ranges) {
      if (this.#deliveries.confirm(range)) this.#state.stored += range.lastSeq - range.firstSeq + 1;
    }
    this.#state.lastConfirmedMs = Date.now();
    this.#reporter.changed();
    this.#watchers.pipelineChanged();
    await this.#arm();
  }

  /** The dead-letter consumer says that a message could not be applied. */
  async fail(range: MessageRange, reason: string, forGood: boolean): Promise<void> {
    this.#deliveries.fail(range, reason, forGood, Date.now());
    await this.#arm();
  }

  /** Sends a dead letter again; false if there is none that begins at this seq. */
  async replay(firstSeq: number): Promise<boolean> {
    const found = this.#deliveries.replay(firstSeq, Date.now());
    await this.#arm();
    return found;
  }

  /** The packs of a message that was too large for the queue. */
  async packs(range: MessageRange): Promise<PlacedPack[]> {
    return this.#journal.packs(range);
  }

  /** Unconfirmed packs that hold records of the time range, newest first, and whether there are more. */
  async unconfirmed(fromMs: number, toMs: number, limit: number): Promise<{ packs: PlacedPack[]; isCut: boolean }> {
    const packs = this.#journal.packsBetween(fromMs, toMs, limit + 1);
    return { packs: packs.slice(0, limit), isCut: packs.length > limit };
  }

  /** Summaries of the unconfirmed packs that hold records of the time range. */
  async unconfirmedSummaries(
    fromMs: number,
    toMs: number,
  ): Promise<{ firstSeq: number; count: number; summaries: Uint8Array }[]> {
    return this.#journal.summariesBetween(fromMs, toMs);
  }

  /** The latest frame of an ingest session that is durable; 0 for an unknown one. */
  async lastFrame(session: string): Promise<number> {
    return Number(this.#journal.origin({ kind: "frame", session, frame: 0 }, Date.now())?.bodyHash ?? 0);
  }

  async status(): Promise<StreamStatus> {
    if (!this.#reporter.hasReported() && this.#state.service !== "") this.#reporter.changed();
    await this.#arm();
    return statusOf(this.#parts, Date.now());
  }

  /** A watcher's WebSocket upgrade; the Worker has checked who asks and what. */
  override async fetch(request: Request): Promise<Response> {
    const answer = this.#watchers.accept(request);
    await this.#watchersChanged();
    return answer;
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    this.#watchers.onMessage(socket, message);
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    this.#watchers.onClose(socket);
    await this.#watchersChanged();
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    this.#watchers.onClose(socket);
    await this.#watchersChanged();
  }

  /** The overview is told how many watch; a stream that nothing was ever sent to has nothing to tell. */
  async #watchersChanged(): Promise<void> {
    if (this.#state.service === "") return;
    this.#reporter.changed();
    await this.#arm();
  }

  /** A service is announced once, before its first record: their number is bounded. */
  async #isRegistered({ service, shard }: AppendRequest): Promise<boolean> {
    if (this.#state.service !== "") return true;
    this.#registration ??= this.env.OVERVIEW.getByName("overview").register(service, this.#maxServices());
    const isRegistered = await this.#registration.finally(() => {
      this.#registration = undefined;
    });
    if (!isRegistered) return false;
    this.#state.service = service;
    this.#state.shard = shard;
    this.#state.write();
    return true;
  }

  #maxJournalBytes(losesRefused = false): number {
    return Number(this.env.MAX_JOURNAL_BYTES ?? MAX_JOURNAL_BYTES) * (losesRefused ? RESERVE_FACTOR : 1);
  }

  #maxServices(): number {
    return Number(this.env.MAX_SERVICES ?? 1_000);
  }

  /** Forgets what is confirmed and saves the counters that included it, in one transaction. */
  #save(): void {
    const nowMs = Date.now();
    if (!this.#deliveries.hasConfirmed() || nowMs < this.#savedMs + SAVE_EVERY_MS) return;
    this.#deliveries.forgetConfirmed();
    this.#journal.sweepOrigins(nowMs);
    this.#state.write();
    this.#savedMs = nowMs;
  }

  /** One alarm for everything that is due at some time. */
  async #arm(): Promise<void> {
    const nowMs = Date.now();
    const dues = [
      this.#deliveries.dueAt(nowMs),
      this.#deliveries.hasConfirmed() ? this.#savedMs + SAVE_EVERY_MS : undefined,
      this.#reporter.dueAt(),
    ].filter((due) => due !== undefined);
    if (dues.length > 0) await this.#alarm.wakeBy(Math.max(nowMs, Math.min(...dues)));
  }
}
