import { type Signal, signal } from "@preact/signals";
import type {
  Frame,
  GapFrame,
  PipelineCounts,
  ProbeFrame,
  SeenFigures,
  SlotJson,
  TallyJson,
} from "../../core/live/frames.ts";
import type { RecordJson } from "../../core/record-json.ts";
import { noteServerTime } from "./clock.ts";
import { measureSeen } from "./send-to-seen.ts";
import { type LinkState, LiveSocket } from "./socket.ts";
import { addTally, emptyTally } from "./tally.ts";

/** As long as the server keeps them. */
const SECONDS_KEPT = 300;
const MINUTES_KEPT = 24 * 60;

/** Told what of the tail arrived since the last paint, in order. */
export interface TailListener {
  /** The tail begins here, after this moment's records: what the page read of them earlier may lack some. */
  onBegin(): void;
  onRecords(records: RecordJson[]): void;
  onGap(gap: GapFrame): void;
  /** Calls back once what it was told of before is painted; never, where it is not. */
  afterPaint(work: () => void): void;
}

/**
 * What the page knows of one service as it happens: its counters by second and by minute of receipt, and its tail.
 *
 * The counters are plain maps that change in place, two thousand times a second if need be; `version` grows once a
 * paint, and whoever draws reads the maps then.
 */
export class ServiceFeed {
  readonly service: string;
  readonly version: Signal<number> = signal(0);
  readonly link: Signal<LinkState> = signal<LinkState>({ kind: "connecting" });
  readonly pipeline: Signal<PipelineCounts | undefined> = signal(undefined);
  readonly error: Signal<string | undefined> = signal(undefined);
  /** From the senders to all screens that watch the service; undefined until one said. */
  readonly seen: Signal<SeenFigures | undefined> = signal(undefined);
  /** Epoch second of the start → what was received in it. */
  readonly seconds = new Map<number, TallyJson>();
  readonly minutes = new Map<number, TallyJson>();
  total: TallyJson = emptyTally();
  /** The last seq that is known of here; undefined until the server has spoken. */
  lastSeq: number | undefined;
  /** The last seq of every shard, as the server writes it: where to go on after a break. */
  #since: string | undefined;
  readonly #listeners = new Set<TailListener>();
  readonly #socket: LiveSocket;
  #q: string;
  /** What the server filters by: lines that it sent before it heard of another filter are on the way until it answers. */
  #serverQ: string;

  constructor(service: string, q: string) {
    this.service = service;
    this.#q = q;
    this.#serverQ = q;
    this.#socket = new LiveSocket({
      address: () => this.#address(),
      onFrames: (frames, heardMs) => this.#take(frames, heardMs),
      onState: (state) => {
        this.link.value = state;
      },
    });
  }

  /** Which records the tail shows from now on. */
  filter(q: string): void {
    if (q === this.#q) return;
    this.#q = q;
    this.error.value = undefined;
    this.#socket.send({ type: "filter", q });
  }

  /** Answers how to stop listening. */
  listen(listener: TailListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#socket.close();
  }

  /** `since` makes a break seamless: the server sends what was missed, or says by number what it no longer has. */
  #address(): string {
    this.#serverQ = this.#q;
    const query = new URLSearchParams({ service: this.service });
    if (this.#q !== "") query.set("q", this.#q);
    if (this.#since !== undefined) query.set("since", this.#since);
    return `/api/live?${query}`;
  }

  #take(frames: Frame[], heardMs: number): void {
    for (const frame of frames) {
      switch (frame.type) {
        case "hello":
          noteServerTime(frame.atMs);
          this.#replaceCounters(frame.seconds, frame.minutes);
          this.total = frame.total;
          this.pipeline.value = frame.pipeline;
          if (this.lastSeq === undefined) for (const listener of this.#listeners) listener.onBegin();
          this.lastSeq ??= frame.lastSeq;
          this.#since ??= frame.since;
          // The filter was changed while the link was being made, with the one before in its address.
          if (!this.#isFiltered()) this.#socket.send({ type: "filter", q: this.#q });
          break;
        case "filter":
          this.#serverQ = frame.q;
          // What matched meanwhile was not sent: the tail's beginning is read again.
          if (this.#isFiltered()) for (const listener of this.#listeners) listener.onBegin();
          break;
        case "counters":
          noteServerTime(frame.atMs);
          for (const [second, tally] of frame.seconds) this.#putSecond(second, tally);
          this.total = frame.total;
          this.lastSeq = frame.lastSeq;
          this.#since = frame.since;
          break;
        case "tail":
          // Figures that count them are painted also where no tail is.
          measureSeen(frame.records);
          if (this.#isFiltered()) for (const listener of this.#listeners) listener.onRecords(frame.records);
          break;
        case "gap":
          if (this.#isFiltered()) for (const listener of this.#listeners) listener.onGap(frame);
          break;
        case "pipeline":
          this.pipeline.value = frame;
          break;
        case "probe":
          this.#answerProbe(frame, heardMs);
          break;
        case "seen":
          this.seen.value = frame;
          break;
        case "error":
          this.error.value = frame.message;
          break;
        case "services":
          break;
      }
    }
    this.version.value++;
  }

  /** Whether the server sends what the page wants to see. */
  #isFiltered(): boolean {
    return this.#serverQ === this.#q;
  }

  /** One listener's paint is the sight; a hidden page has none. */
  #answerProbe({ shard, seq, recordMs, edgeMs, streamMs, sentMs }: ProbeFrame, heardMs: number): void {
    const [first] = this.#listeners;
    if (document.hidden) return;
    first?.afterPaint(() => {
      const heldMs = performance.now() - heardMs;
      const answer = { shard, seq, recordMs, edgeMs, streamMs, sentMs, heldMs, watcherMs: Date.now() };
      this.#socket.send({ type: "seen", ...answer });
    });
  }

  #replaceCounters(seconds: SlotJson[], minutes: SlotJson[]): void {
    this.seconds.clear();
    this.minutes.clear();
    for (const [second, tally] of seconds) this.seconds.set(second, tally);
    for (const [minute, tally] of minutes) this.minutes.set(minute, tally);
  }

  /** Seconds arrive whole, minutes do not: a minute grows by what its second grew. */
  #putSecond(second: number, tally: TallyJson): void {
    const minute = second - (second % 60);
    let sum = this.minutes.get(minute);
    if (!sum) {
      sum = emptyTally();
      this.minutes.set(minute, sum);
      forget(this.minutes, minute - MINUTES_KEPT * 60);
    }
    const before = this.seconds.get(second);
    if (before) addTally(sum, before, -1);
    else forget(this.seconds, second - SECONDS_KEPT);
    addTally(sum, tally);
    this.seconds.set(second, tally);
  }
}

/** Slots are put in order of time, so the old ones come first. */
function forget(slots: Map<number, TallyJson>, before: number): void {
  for (const slot of slots.keys()) {
    if (slot > before) return;
    slots.delete(slot);
  }
}
