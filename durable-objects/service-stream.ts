import { DurableObject } from "cloudflare:workers";
import { type Layout, nextLayout } from "../core/delivery/layout.ts";
import type {
  AppendAnswer,
  AppendRequest,
  Confirmation,
  MessageRange,
  Origin,
  PlacedPack,
} from "../core/delivery/message.ts";
import { parseSince, type Since } from "../core/live/since.ts";
import type { MissedRange } from "./catch-up.ts";
import { answerClose, closeSocketsOf } from "./close-sockets.ts";
import type { ObjectsEnv } from "./env.ts";
import type { KnownOrigin } from "./journal.ts";
import { withLogContext } from "./log.ts";
import { partsOf } from "./parts-of.ts";
import type { KeptPack } from "./recent-packs.ts";
import type { ShardNews } from "./shard-news.ts";
import { type StreamStatus, statusOf } from "./stream-status.ts";
import type { UnconfirmedRange } from "./unconfirmed.ts";

/** Confirmed packs are forgotten, and the counters saved, at most this often: one row written each time. */
const SAVE_EVERY_MS = 1_000;
/** Of memory one answer holds at most this much, compressed: RPC carries 32 MB. */
const REWIND_BYTES = 12_000_000;

/**
 * The stream of one service (and shard): makes batches durable, numbers their records, counts them, shows them to
 * watchers, and sends what the database has not confirmed until it has.
 *
 * `append` only writes and returns; the runtime holds its answer back until the write is durable. Only the alarm
 * sends, forgets and saves: the runtime runs one alarm at a time and repeats a failed one.
 */
export class ServiceStream extends DurableObject<ObjectsEnv> {
  readonly #parts: ReturnType<typeof partsOf>;
  #savedMs = 0;

  constructor(ctx: DurableObjectState, env: ObjectsEnv) {
    super(ctx, env);
    this.#parts = partsOf(ctx, env, () => this.env.MAX_JOURNAL_BYTES);
    // A killed process may have left work behind and no alarm; see "Why alarms are armed with care" in docs/operations.md.
    ctx.blockConcurrencyWhile(async () => {
      await this.#parts.alarm.load();
      await this.#arm();
    });
  }

  /** Makes every pack of a batch durable and numbers its records, or takes none. */
  async append(request: AppendRequest): Promise<AppendAnswer> {
    const { requestId } = request;
    return requestId === undefined ? this.#append(request) : withLogContext({ requestId }, () => this.#append(request));
  }

  async #append(request: AppendRequest): Promise<AppendAnswer> {
    const { registration, intake, reporter } = this.#parts;
    const { service, shard } = request;
    if (!(await registration.isDone(service, shard))) return { kind: "too_many_services", limit: registration.limit() };
    const answer = await intake.take(request);
    if (answer.kind === "stored") {
      reporter.changed();
      await this.#arm();
    }
    return answer;
  }

  override async alarm(): Promise<void> {
    await this.#parts.alarm.run(async () => {
      this.#save();
      await this.#parts.sender.sendDue();
      await this.#parts.reporter.reportIfDue();
    });
    await this.#arm();
  }

  /** The consumer says that these messages are in the database. */
  async confirm(confirmations: Confirmation[]): Promise<void> {
    const nowMs = Date.now();
    this.#parts.state.stored += this.#parts.deliveries.confirm(confirmations, nowMs);
    this.#parts.state.lastConfirmedMs = nowMs;
    this.#parts.reporter.changed();
    this.#parts.watchers.pipelineChanged();
    this.#parts.teller.pipelineChanged();
    await this.#arm();
  }

  /** The dead-letter consumer says that a message could not be applied. */
  async fail(range: MessageRange, reason: string, forGood: boolean): Promise<void> {
    this.#parts.deliveries.fail(range, reason, forGood, Date.now());
    await this.#arm();
  }

  /** Sends a dead letter again; false if there is none that begins at this seq. */
  async replay(firstSeq: number): Promise<boolean> {
    const found = this.#parts.deliveries.replay(firstSeq, Date.now());
    await this.#arm();
    return found;
  }

  /** Forgets a dead letter for good; the ledger says so already. Answers how many records that were, 0 for none of that name. */
  async discard(firstSeq: number): Promise<number> {
    const records = this.#parts.deliveries.discard(firstSeq);
    this.#parts.state.discarded += records;
    if (records > 0) this.#parts.state.write();
    this.#parts.reporter.changed();
    this.#parts.watchers.pipelineChanged();
    this.#parts.teller.pipelineChanged();
    await this.#arm();
    return records;
  }

  /** The packs of a range that is still in the journal. */
  async packs(range: MessageRange): Promise<PlacedPack[]> {
    return this.#parts.journal.packs(range);
  }

  /** Unconfirmed packs that hold records of the time range, newest first, and whether there are more. */
  async unconfirmed(fromMs: number, toMs: number, limit: number): Promise<{ packs: PlacedPack[]; isCut: boolean }> {
    const packs = this.#parts.journal.packsBetween(fromMs, toMs, limit + 1);
    return { packs: packs.slice(0, limit), isCut: packs.length > limit };
  }

  /** Where unconfirmed packs lie that hold records of the time range, oldest first; `packs` gives those of a range. */
  async unconfirmedRanges(fromMs: number, toMs: number): Promise<UnconfirmedRange[]> {
    return this.#parts.unconfirmed.between(fromMs, toMs);
  }

  /** The latest frame of an ingest session that is durable, 0 for an unknown one; or where to ask. */
  async lastFrame(service: string, session: string, layout?: Layout): Promise<{ frame: number } | { layout: Layout }> {
    if (!this.#parts.layouts.hear(layout)) return { layout: this.#parts.layouts.current() };
    const origin: Origin = { kind: "frame", session, frame: 0 };
    const nowMs = Date.now();
    const elsewhere = await this.#parts.layouts.findEarlier(service, origin, nowMs);
    const here = this.#parts.journal.origin(origin, nowMs);
    return { frame: Math.max(Number(here?.bodyHash ?? 0), Number(elsewhere?.bodyHash ?? 0)) };
  }

  /** What this stream knows of an origin whose home it was before; it takes nothing more under an older layout. */
  async originKnown(origin: Origin, layout: Layout): Promise<KnownOrigin | undefined> {
    this.#parts.layouts.hear(layout);
    return this.#parts.journal.origin(origin, Date.now());
  }

  /** How the service is spread, as this stream heard last; shard 0 knows first. */
  async layout(): Promise<Layout> {
    return this.#parts.layouts.current();
  }

  /** Spreads the service over so many shards from now on; only asked of shard 0. Undefined: no room for a new service. */
  async reshard(service: string, shards: number): Promise<Layout | undefined> {
    if (!(await this.#parts.registration.isDone(service, 0))) return undefined;
    const before = this.#parts.layouts.current();
    if (before.shards === shards) return before;
    const layout = nextLayout(before, shards, Date.now());
    this.#parts.layouts.hear(layout);
    await this.#parts.layouts.tell(service);
    return layout;
  }

  /** A newer layout than this stream may know. */
  async layoutChanged(layout: Layout): Promise<void> {
    this.#parts.layouts.hear(layout);
  }

  async status(): Promise<StreamStatus> {
    if (!this.#parts.reporter.hasReported() && this.#parts.state.service !== "") this.#parts.reporter.changed();
    await this.#arm();
    return statusOf(this.#parts, Date.now());
  }

  /** For shard 0, which begins to show this one: all that was counted. */
  async everything(): Promise<ShardNews> {
    return this.#parts.teller.everything();
  }

  /** Another shard's news. Answers whether anybody watches, so whether there should be more. */
  async told(news: ShardNews): Promise<boolean> {
    if (this.#parts.watchers.count() === 0) return false;
    this.#parts.gathering.take(news);
    this.#parts.watchers.addTold(news);
    return true;
  }

  /** The first seq that this stream's memory holds. */
  async held(): Promise<{ firstHeld: number }> {
    return this.#parts.catchUp.held();
  }

  /** What this stream's memory holds after a seq. */
  async recentAfter(seq: number): Promise<KeptPack[]> {
    return this.#parts.recent.after(seq);
  }

  /** What a watcher who comes back has missed and only the database can have. Only asked of shard 0. */
  async missed(since: Since): Promise<MissedRange[]> {
    return this.#parts.catchUp.missed(since);
  }

  /** Frames for the watcher who comes with this name next. */
  async offer(name: string, frames: string[]): Promise<void> {
    this.#parts.offers.put(name, frames, Date.now());
  }

  /** What was received in a range of the last 15 minutes, newest first, without touching the database. */
  async rewind(fromMs: number, toMs: number): Promise<{ packs: KeptPack[]; isCut: boolean; heldFromMs?: number }> {
    const heldFromMs = this.#parts.recent.heldFromMs();
    return {
      ...this.#parts.recent.receivedBetween(fromMs, toMs, REWIND_BYTES),
      ...(heldFromMs !== undefined && { heldFromMs }),
    };
  }

  /** Empties this stream's memory of what it received; what the database has not confirmed stays in the journal. */
  async forgetRecent(): Promise<void> {
    this.#parts.recent.forgetAll();
  }

  /** A watcher's WebSocket upgrade; the Worker has checked who asks and what. */
  override async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const answer = await this.#parts.watchers.accept({
      service: searchParams.get("service") ?? "",
      q: searchParams.get("q") ?? "",
      since: parseSince(searchParams.get("since") ?? ""),
      before: this.#parts.offers.take(searchParams.get("offer") ?? ""),
      owners: searchParams.getAll("owner"),
    });
    await this.#watchersChanged();
    return answer;
  }

  /** Closes the sockets of an owner that may not see any more what they show. */
  async closeWatchers(owner: string): Promise<void> {
    closeSocketsOf(this.ctx, owner);
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    this.#parts.watchers.onMessage(socket, message);
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    answerClose(socket, code);
    this.#parts.watchers.onClose();
    await this.#watchersChanged();
  }

  override async webSocketError(): Promise<void> {
    this.#parts.watchers.onClose();
    await this.#watchersChanged();
  }

  /** The overview is told how many watch; a stream that nothing was ever sent to has nothing to tell. */
  async #watchersChanged(): Promise<void> {
    if (this.#parts.state.service === "") return;
    this.#parts.reporter.changed();
    await this.#arm();
  }

  /** Forgets what is confirmed and saves the counters that included it, in one transaction. */
  #save(): void {
    const nowMs = Date.now();
    if (!this.#parts.deliveries.hasConfirmed() || nowMs < this.#savedMs + SAVE_EVERY_MS) return;
    this.#parts.deliveries.forgetConfirmed();
    this.#parts.journal.sweepOrigins(nowMs);
    this.#parts.state.write();
    this.#savedMs = nowMs;
  }

  /** One alarm for everything that is due at some time. */
  async #arm(): Promise<void> {
    const nowMs = Date.now();
    const dues = [
      this.#parts.deliveries.dueAt(nowMs),
      this.#parts.deliveries.hasConfirmed() ? this.#savedMs + SAVE_EVERY_MS : undefined,
      this.#parts.reporter.dueAt(),
    ].filter((due) => due !== undefined);
    if (dues.length > 0) await this.#parts.alarm.wakeBy(Math.max(nowMs, Math.min(...dues)));
  }
}
