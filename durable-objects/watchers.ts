import { countersEveryMs, FRAME_EVERY_MS } from "../core/live/frame-pace.ts";
import type { Frame, SeenAnswer, SeenFigures } from "../core/live/frames.ts";
import { SeenMeter } from "../core/live/seen-meter.ts";
import { type Since, sinceOf } from "../core/live/since.ts";
import { Tail, type TailFrames, tailPerFrame } from "../core/live/tail.ts";
import { slotsJson, tallyJson } from "../core/live/tally-json.ts";
import type { CatchUp } from "./catch-up.ts";
import { gapOf, helloFrame, probeFrame } from "./frames-of.ts";
import { FreshPacks } from "./fresh-packs.ts";
import type { Gathering } from "./gathering.ts";
import { type KeptPack, placedRecords, type RecentPacks } from "./recent-packs.ts";
import type { ShardNews } from "./shard-news.ts";
import { Sockets } from "./sockets.ts";

/** A watcher is asked when it has painted at most this often; each time another one. */
const PROBE_EVERY_MS = 250;
/** How fast records are seen is told at most this often. */
const SEEN_EVERY_MS = 1_000;

/** What a watcher asked for. */
export interface Watch {
  service: string;
  q: string;
  since: Since | undefined;
  /** Frames for it alone, before those from memory: what it missed and the database had. */
  before: readonly string[];
  /** Whose socket it is: names by which it can be closed. */
  owners: string[];
}

/**
 * The live sockets of one service, at its shard 0. They hibernate: an idle watcher costs nothing, and no timer runs
 * while nobody watches or nothing changed. The first change goes out at once, further ones together after FRAME_EVERY_MS;
 * where many watch, counters come less often than records.
 */
export class Watchers {
  readonly #sockets: Sockets;
  readonly #gathering: Gathering;
  readonly #catchUp: CatchUp;
  readonly #recent: RecentPacks;
  readonly #meter = new SeenMeter();
  readonly #fresh = new FreshPacks();
  /** The seq that comes next from each other shard, while it is watched without a break. */
  readonly #nextSeqs = new Map<number, number>();
  #changedSinceSecond: number | undefined;
  #isPipelineChanged = false;
  #isSeenChanged = false;
  #sentMs = 0;
  #countedMs = 0;
  #probedMs = 0;
  #seenToldMs = 0;
  #probes = 0;
  #arriving = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerDueMs = 0;
  #isFiring = false;

  constructor(ctx: DurableObjectState, gathering: Gathering, catchUp: CatchUp, recent: RecentPacks) {
    this.#sockets = new Sockets(ctx, (answer) => this.#onSeen(answer));
    this.#gathering = gathering;
    this.#catchUp = catchUp;
    this.#recent = recent;
  }

  count(): number {
    return this.#sockets.count();
  }

  /** How fast this service's records are seen; undefined while no watcher has said. */
  seen(): SeenFigures | undefined {
    return this.#meter.figures();
  }

  /** Lets a watcher in: greets it, and gives it what it missed. Frames of what comes next wait until that is said. */
  async accept(watch: Watch): Promise<Response> {
    this.#arriving++;
    try {
      if (this.#gathering.otherShards().length > 0) await this.#gathering.gather();
      if (!this.#fresh.isEmpty()) this.#flush();
      const ofOthers = watch.since ? await this.#catchUp.ofOthers(watch.since) : [];
      const { socket, response } = this.#sockets.accept({ q: watch.q, isPaused: false }, watch.owners);
      this.#greet(socket, watch.service);
      for (const text of watch.before) this.#sockets.send(socket, text);
      if (watch.since) for (const text of this.#missed(watch, watch.since, ofOthers)) this.#sockets.send(socket, text);
      return response;
    } finally {
      this.#arriving--;
      if (this.#isChanged()) this.#schedule();
    }
  }

  onMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    this.#sockets.onMessage(socket, message);
  }

  onClose(): void {
    // The runtime completes the close handshake; an error leaves nothing to close.
    if (this.count() === 0) this.#stop();
  }

  /** A pack became part of the stream, or of another shard's. */
  add(pack: KeptPack): void {
    if (this.count() === 0) return;
    this.#fresh.add(this.#gathering.position().service, pack);
    const second = Math.floor(pack.receivedMs / 1_000);
    this.#changedSinceSecond = Math.min(this.#changedSinceSecond ?? second, second);
    this.#schedule();
  }

  /** What another shard told. Records that it could not tell of are a gap. */
  addTold({ position: { service, shard }, counters, packs }: ShardNews): void {
    for (const pack of packs) {
      const next = this.#nextSeqs.get(shard);
      if (next !== undefined && pack.firstSeq > next)
        this.#fresh.addGap(gapOf(service, shard, next, pack.firstSeq - 1, "not_told"));
      this.#nextSeqs.set(shard, pack.firstSeq + pack.count);
      this.add(pack);
    }
    const [changed] = counters.seconds;
    if (changed) this.#changedSinceSecond = Math.min(this.#changedSinceSecond ?? changed[0], changed[0]);
    else this.#isPipelineChanged = true;
    this.#schedule();
  }

  pipelineChanged(): void {
    if (this.count() === 0) return;
    this.#isPipelineChanged = true;
    this.#schedule();
  }

  #onSeen(answer: SeenAnswer): void {
    const { recordMs, ...times } = answer;
    this.#meter.add({ ...times, recordMs: recordMs ?? undefined, answeredMs: Date.now() });
    this.#isSeenChanged = true;
    if (Date.now() >= this.#seenToldMs + SEEN_EVERY_MS) this.#schedule();
  }

  #isChanged(): boolean {
    return !this.#fresh.isEmpty() || this.#changedSinceSecond !== undefined || this.#isPipelineChanged;
  }

  #schedule(): void {
    if (this.#arriving > 0) return;
    const hasRecords = !this.#fresh.isEmpty();
    const recordsDueMs = this.#sentMs + FRAME_EVERY_MS;
    const dueMs = hasRecords ? recordsDueMs : Math.max(recordsDueMs, this.#countersDueMs());
    if (this.#timer !== undefined) {
      if (this.#isFiring || dueMs === this.#timerDueMs) return;
      clearTimeout(this.#timer);
    }
    this.#timerDueMs = dueMs;
    this.#timer = setTimeout(() => void this.#onTimer(), Math.max(0, dueMs - Date.now()));
  }

  #countersDueMs(): number {
    return this.#countedMs + countersEveryMs(this.count());
  }

  async #onTimer(): Promise<void> {
    this.#isFiring = true;
    // After a sleep with sockets open: sums without the other shards would jump back.
    if (!this.#gathering.isComplete()) await this.#gathering.gather();
    this.#isFiring = false;
    this.#timer = undefined;
    if (this.#arriving === 0) this.#flush();
  }

  #stop(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#fresh.take();
    this.#nextSeqs.clear();
    this.#changedSinceSecond = undefined;
    this.#isPipelineChanged = false;
  }

  #flush(): void {
    const nowMs = Date.now();
    this.#sentMs = nowMs;
    const shared = nowMs >= this.#countersDueMs() ? this.#sharedFrames(nowMs) : [];
    const { packs: fresh, gaps } = this.#fresh.take();
    const gapTexts = gaps.map((gap) => JSON.stringify(gap));
    const { service } = this.#gathering.position();
    let tail: Tail | undefined;
    const shown: { socket: WebSocket; tail: TailFrames }[] = [];
    for (const [socket, { q, isPaused }] of this.#sockets.all()) {
      if (!isPaused && fresh.length > 0) {
        tail ??= new Tail(
          service,
          fresh.flatMap((pack) => placedRecords(service, pack)),
          tailPerFrame(this.count()),
        );
        const frames = tail.framesFor(q, nowMs);
        for (const text of gapTexts) this.#sockets.send(socket, text);
        for (const text of frames.texts) this.#sockets.send(socket, text);
        if (frames.newest) shown.push({ socket, tail: frames });
      }
      // After the records that they count: a link that breaks in between is asked for those again.
      for (const text of shared) this.#sockets.send(socket, text);
    }
    if (shown.length > 0 && nowMs >= this.#probedMs + PROBE_EVERY_MS) this.#probe(shown, fresh, nowMs);
    if (this.#isChanged()) this.#schedule();
  }

  /** The frames that every watcher gets. */
  #sharedFrames(nowMs: number): string[] {
    this.#countedMs = nowMs;
    const { service, acknowledged, stored, discarded, unconfirmed, lastSeq } = this.#gathering.position();
    const { counters } = this.#gathering;
    const frames: Frame[] = [];
    if (this.#changedSinceSecond !== undefined) {
      const seconds = slotsJson(counters.secondsSince(this.#changedSinceSecond), 1);
      const total = tallyJson(counters.total());
      frames.push({ type: "counters", service, atMs: nowMs, total, seconds, lastSeq, since: this.#gathering.since() });
    }
    if (this.#isPipelineChanged)
      frames.push({ type: "pipeline", service, acknowledged, stored, discarded, unconfirmed });
    const figures =
      this.#isSeenChanged && nowMs >= this.#seenToldMs + SEEN_EVERY_MS ? this.#meter.figures() : undefined;
    if (figures) {
      frames.push({ type: "seen", service, ...figures });
      this.#seenToldMs = nowMs;
      this.#isSeenChanged = false;
    }
    this.#changedSinceSecond = undefined;
    this.#isPipelineChanged = false;
    return frames.map((frame) => JSON.stringify(frame));
  }

  /** Asks one of those that were just shown something. */
  #probe(shown: { socket: WebSocket; tail: TailFrames }[], fresh: readonly KeptPack[], nowMs: number): void {
    this.#probedMs = nowMs;
    const { socket, tail } = shown[this.#probes++ % shown.length]!;
    const frame = probeFrame(tail.newest!, fresh, nowMs);
    if (frame) this.#sockets.send(socket, JSON.stringify(frame));
  }

  #greet(socket: WebSocket, service: string): void {
    this.#sockets.send(socket, JSON.stringify(helloFrame(this.#gathering, service, Date.now())));
    const seen = this.#meter.figures();
    if (seen) this.#sockets.send(socket, JSON.stringify({ type: "seen", service, ...seen } satisfies Frame));
  }

  /** What came after `since`, from memory; what no memory holds is a gap with its numbers. */
  #missed({ service, q }: Watch, since: Since, ofOthers: readonly KeptPack[]): string[] {
    const { shard, lastSeq } = this.#gathering.position();
    const texts: string[] = [];
    const own = sinceOf(since, shard) ?? lastSeq;
    const firstHeld = this.#recent.firstHeld(lastSeq);
    if (firstHeld > own + 1)
      texts.push(JSON.stringify(gapOf(service, shard, own + 1, firstHeld - 1, "no_longer_in_memory")));
    // Those that wait to be flushed come with the next frame.
    const packs = [...this.#recent.after(own), ...ofOthers].filter((pack) => !this.#fresh.holds(pack));
    const records = packs
      .flatMap((pack) => placedRecords(service, pack))
      .filter(({ shard: of, seq }) => seq > (sinceOf(since, of) ?? 0));
    return [...texts, ...new Tail(service, records).framesFor(q, Date.now()).texts];
  }
}
