import { DurableObject } from "cloudflare:workers";
import type { AppendAnswer, AppendRequest, MessageRange, Origin, PlacedPack } from "../core/delivery/message.ts";
import { MAX_PACK_BYTES } from "../core/delivery/packs-of.ts";
import { LiveCounters } from "../core/live/live-counters.ts";
import { Deliveries } from "./deliveries.ts";
import type { ObjectsEnv } from "./env.ts";
import { Journal } from "./journal.ts";
import { OneAlarm } from "./one-alarm.ts";
import type { StreamReport } from "./overview.ts";
import { Watchers } from "./watchers.ts";

/** Past this a stream takes no more until the database has caught up: about 10 million ordinary lines. */
const MAX_JOURNAL_BYTES = 256_000_000;
/** What senders that would lose a refused batch may fill: so many times the bound of the others. An object holds 10 GB. */
const RESERVE_FACTOR = 8;
/** Confirmed packs are forgotten, and the counters saved, at most this often: one row written each time. */
const SAVE_EVERY_MS = 1_000;
/** The overview hears of a stream at most this often. */
const REPORT_EVERY_MS = 1_000;
const RETRY_AFTER_SECONDS = 2;

/** What a stream tells of itself, in records unless said. */
export interface StreamStatus {
  service: string;
  shard: number;
  acknowledged: number;
  stored: number;
  unconfirmed: number;
  /** The last seq given out. */
  lastSeq: number;
  journalBytes: number;
  /** When the oldest unconfirmed pack was received. */
  oldestUnconfirmedMs: number | undefined;
  firstSeenMs: number | undefined;
  lastSeenMs: number | undefined;
  ratePerSecond: number;
  errorRate: number;
  watchers: number;
  deadLetters: { firstSeq: number; lastSeq: number; failedMs: number; reason: string }[];
  lastSentMs: number | undefined;
  lastConfirmedMs: number | undefined;
  /** Messages that the queue took, repeated ones too, and tries that it did not take. */
  messagesSent: number;
  sendErrors: number;
}

/**
 * The stream of one service (and shard): makes batches durable, numbers their records, counts them, shows them to
 * watchers, and sends what the database has not confirmed until it has.
 *
 * `append` only writes and returns; the runtime holds its answer back until the write is durable. Only the alarm
 * sends, forgets and saves: the runtime runs one alarm at a time and repeats a failed one.
 */
export class ServiceStream extends DurableObject<ObjectsEnv> {
  readonly #journal: Journal;
  readonly #deliveries: Deliveries;
  readonly #live: LiveCounters;
  readonly #watchers: Watchers;
  #service: string;
  #shard: number;
  /** The last seq given out. */
  #throughSeq: number;
  #stored: number;
  #journalBytes: number;
  #registration: Promise<boolean> | undefined;
  readonly #alarm: OneAlarm;
  #savedMs = 0;
  #reportedMs = 0;
  #isReportDue = false;
  #lastSentMs: number | undefined;
  #lastConfirmedMs: number | undefined;
  #messagesSent: number;
  #sendErrors: number;

  constructor(ctx: DurableObjectState, env: ObjectsEnv) {
    super(ctx, env);
    this.#journal = new Journal(ctx.storage.sql);
    const snapshot = this.#journal.snapshot();
    this.#service = snapshot?.service ?? "";
    this.#shard = snapshot?.shard ?? 0;
    this.#stored = snapshot?.storedRecords ?? 0;
    this.#throughSeq = snapshot?.throughSeq ?? 0;
    this.#messagesSent = snapshot?.messagesSent ?? 0;
    this.#sendErrors = snapshot?.sendErrors ?? 0;
    this.#live = new LiveCounters(snapshot?.live);
    for (const entry of this.#journal.entries()) {
      if (entry.firstSeq <= this.#throughSeq) continue;
      this.#live.add(entry.tally, entry.receivedMs);
      this.#throughSeq = entry.firstSeq + entry.count - 1;
    }
    this.#alarm = new OneAlarm(ctx.storage);
    this.#deliveries = new Deliveries(this.#journal, Date.now());
    this.#journalBytes = this.#journal.size().bytes;
    this.#watchers = new Watchers(ctx, this.#live, () => ({
      service: this.#service,
      shard: this.#shard,
      ...this.#position(),
    }));
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
    const earlier = origin && this.#earlier(origin, receivedMs);
    if (earlier) return earlier;
    if (this.#journalBytes > this.#maxJournalBytes(losesRefused))
      return { kind: "full", retryAfterSeconds: RETRY_AFTER_SECONDS };

    const first = this.#throughSeq + 1;
    for (const pack of packs) {
      const firstSeq = this.#throughSeq + 1;
      this.#journal.append(firstSeq, receivedMs, pack);
      this.#throughSeq += pack.count;
      const bytes = pack.body.length + pack.summaries.length;
      this.#journalBytes += bytes;
      this.#live.add(pack.tally, receivedMs);
      this.#deliveries.add({ firstSeq, count: pack.count, receivedMs, bytes, plainChars: pack.plainChars });
      this.#watchers.add(firstSeq, pack, receivedMs);
    }
    const range = packs.length === 0 ? undefined : { firstSeq: first, lastSeq: this.#throughSeq };
    if (origin) this.#journal.writeOrigin(origin, range, receivedMs);
    this.#isReportDue = true;
    await this.#arm();
    return { kind: "stored", ...this.#named(range) };
  }

  override async alarm(): Promise<void> {
    await this.#alarm.run(async () => {
      this.#save();
      await this.#send();
      await this.#report();
    });
    await this.#arm();
  }

  /** The consumer says that these messages are in the database. */
  async confirm(ranges: MessageRange[]): Promise<void> {
    for (const range of ranges) {
      if (this.#deliveries.confirm(range)) this.#stored += range.lastSeq - range.firstSeq + 1;
    }
    this.#lastConfirmedMs = Date.now();
    this.#isReportDue = true;
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
    const nowMs = Date.now();
    // Once after each wake: the overview may have lost the last report with the process.
    if (this.#reportedMs === 0 && this.#service !== "") this.#isReportDue = true;
    await this.#arm();
    return {
      service: this.#service,
      shard: this.#shard,
      ...this.#position(),
      journalBytes: this.#journalBytes,
      oldestUnconfirmedMs: this.#journal.size().oldestMs,
      firstSeenMs: this.#live.firstSeenMs,
      lastSeenMs: this.#live.lastSeenMs,
      ratePerSecond: this.#live.ratePerSecond(nowMs),
      errorRate: this.#live.errorRate(nowMs),
      watchers: this.#watchers.count(),
      deadLetters: this.#deliveries.failed().map(({ firstSeq, lastSeq, failedMs, reason }) => ({
        firstSeq,
        lastSeq,
        failedMs: failedMs!,
        reason: reason ?? "unknown",
      })),
      lastSentMs: this.#lastSentMs,
      lastConfirmedMs: this.#lastConfirmedMs,
      messagesSent: this.#messagesSent,
      sendErrors: this.#sendErrors,
    };
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
    if (this.#service === "") return;
    this.#isReportDue = true;
    await this.#arm();
  }

  /** A service is announced once, before its first record: their number is bounded. */
  async #isRegistered({ service, shard }: AppendRequest): Promise<boolean> {
    if (this.#service !== "") return true;
    this.#registration ??= this.env.OVERVIEW.getByName("overview").register(service, this.#maxServices());
    const isRegistered = await this.#registration.finally(() => {
      this.#registration = undefined;
    });
    if (!isRegistered) return false;
    this.#service = service;
    this.#shard = shard;
    this.#writeSnapshot();
    return true;
  }

  #maxJournalBytes(losesRefused = false): number {
    return Number(this.env.MAX_JOURNAL_BYTES ?? MAX_JOURNAL_BYTES) * (losesRefused ? RESERVE_FACTOR : 1);
  }

  #maxServices(): number {
    return Number(this.env.MAX_SERVICES ?? 1_000);
  }

  #earlier(origin: Origin, nowMs: number): AppendAnswer | undefined {
    const known = this.#journal.origin(origin, nowMs);
    if (origin.kind === "frame") {
      const latest = Number(known?.bodyHash ?? 0);
      if (origin.frame > latest + 1) return { kind: "conflict" };
      return origin.frame <= latest ? { kind: "repeated", ...this.#named(undefined) } : undefined;
    }
    if (!known) return undefined;
    if (known.bodyHash !== origin.bodyHash) return { kind: "conflict" };
    const range = known.first === undefined ? undefined : { firstSeq: known.first, lastSeq: known.last! };
    return { kind: "repeated", ...this.#named(range) };
  }

  #named(range: MessageRange | undefined): {
    seq: { shard: number; first: number; last: number } | undefined;
    batch: string;
  } {
    if (!range) return { seq: undefined, batch: `${this.#service}/${this.#shard}/0` };
    const { firstSeq: first, lastSeq: last } = range;
    return { seq: { shard: this.#shard, first, last }, batch: `${this.#service}/${this.#shard}/${first}` };
  }

  #position(): { acknowledged: number; stored: number; unconfirmed: number; lastSeq: number } {
    const acknowledged = this.#live.total.count;
    return { acknowledged, stored: this.#stored, unconfirmed: acknowledged - this.#stored, lastSeq: this.#throughSeq };
  }

  /** Forgets what is confirmed and saves the counters that included it, in one transaction. */
  #save(): void {
    const nowMs = Date.now();
    if (!this.#deliveries.hasConfirmed() || nowMs < this.#savedMs + SAVE_EVERY_MS) return;
    this.#deliveries.forgetConfirmed();
    this.#journal.sweepOrigins(nowMs);
    this.#writeSnapshot();
    this.#journalBytes = this.#journal.size().bytes;
    this.#savedMs = nowMs;
  }

  #writeSnapshot(): void {
    this.#journal.writeSnapshot({
      service: this.#service,
      shard: this.#shard,
      throughSeq: this.#throughSeq,
      storedRecords: this.#stored,
      messagesSent: this.#messagesSent,
      sendErrors: this.#sendErrors,
      live: this.#live.state(),
    });
  }

  async #send(): Promise<void> {
    for (;;) {
      const due = this.#deliveries.takeDue(Date.now());
      if (due.length === 0) return;
      const sent = due.map(async (range) => {
        try {
          await this.env.RECORDS.send(this.#journal.message(this.#service, this.#shard, range, MAX_PACK_BYTES), {
            contentType: "v8",
          });
          this.#lastSentMs = Date.now();
          this.#messagesSent++;
        } catch (error) {
          // Nothing is lost: the journal keeps it and it is due again soon.
          console.warn({ event: "queue_refused", service: this.#service, ...range, error: String(error) });
          this.#sendErrors++;
          this.#deliveries.postpone(range, Date.now());
        }
      });
      await Promise.all(sent);
    }
  }

  async #report(): Promise<void> {
    const nowMs = Date.now();
    if (!this.#isReportDue || nowMs < this.#reportedMs + REPORT_EVERY_MS) return;
    this.#isReportDue = false;
    this.#reportedMs = nowMs;
    try {
      await this.env.OVERVIEW.getByName("overview").report(this.#reportOf(nowMs));
    } catch (error) {
      // The next report carries absolute figures, so a missed one repairs itself.
      console.warn({ event: "report_failed", service: this.#service, error: String(error) });
      this.#isReportDue = true;
    }
  }

  #reportOf(nowMs: number): StreamReport {
    const { service, shard, acknowledged, stored, unconfirmed } = {
      service: this.#service,
      shard: this.#shard,
      ...this.#position(),
    };
    return {
      service,
      shard,
      acknowledged,
      stored,
      unconfirmed,
      oldestUnconfirmedMs: this.#journal.size().oldestMs,
      firstSeenMs: this.#live.firstSeenMs,
      lastSeenMs: this.#live.lastSeenMs,
      journalBytes: this.#journalBytes,
      messagesSent: this.#messagesSent,
      sendErrors: this.#sendErrors,
      deadLetters: this.#deliveries.failed().length,
      watchers: this.#watchers.count(),
      seconds: this.#live.secondsSince(Math.floor(nowMs / 1_000) - 60),
    };
  }

  /** One alarm for everything that is due at some time. */
  async #arm(): Promise<void> {
    const nowMs = Date.now();
    const dues = [
      this.#deliveries.dueAt(nowMs),
      this.#deliveries.hasConfirmed() ? this.#savedMs + SAVE_EVERY_MS : undefined,
      this.#isReportDue ? this.#reportedMs + REPORT_EVERY_MS : undefined,
    ].filter((due) => due !== undefined);
    if (dues.length > 0) await this.#alarm.wakeBy(Math.max(nowMs, Math.min(...dues)));
  }
}
