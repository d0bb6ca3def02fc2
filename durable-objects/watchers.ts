import type { CountedPack } from "../core/delivery/message.ts";
import { recordsOfPackText, splitPackText } from "../core/delivery/pack-text.ts";
import type { ClientFrame, Frame, PipelineCounts } from "../core/live/frames.ts";
import type { LiveCounters } from "../core/live/live-counters.ts";
import { slotsJson, tallyJson } from "../core/live/tally-json.ts";
import { parseFilter } from "../core/query/parse-filter.ts";
import { predicateOf } from "../core/query/predicate-of.ts";
import type { PlacedRecord } from "../core/record-json.ts";
import { recordJson } from "../core/record-json.ts";
import { unpack } from "./unpack.ts";

/** One frame of each kind per watcher at most this often. */
const FRAME_EVERY_MS = 100;
/** Of matching records a watcher gets at most this many a frame (200 a second); the rest is a numbered gap. */
const TAIL_PER_FRAME = 20;
/** Recent packs are kept for watchers that come back: this many bytes of compressed bodies. */
const MEMORY_BYTES = 8_000_000;

interface StreamPosition extends PipelineCounts {
  service: string;
  shard: number;
  lastSeq: number;
}

/** What a socket asked for; survives hibernation as its attachment (16,384 bytes at most). */
interface Wish {
  q: string;
  isPaused: boolean;
}

/** A filter longer than this would not fit the attachment. */
const MAX_FILTER_CHARS = 4_000;

interface KeptPack {
  firstSeq: number;
  count: number;
  body: Uint8Array;
}

/**
 * The live sockets of one stream. They hibernate: an idle watcher costs nothing, and no timer runs while nobody
 * watches or nothing changed. The first change goes out at once, further ones together after FRAME_EVERY_MS.
 */
export class Watchers {
  readonly #ctx: DurableObjectState;
  readonly #live: LiveCounters;
  readonly #position: () => StreamPosition;
  readonly #recent: KeptPack[] = [];
  #recentBytes = 0;
  #fresh: KeptPack[] = [];
  #changedSinceSecond: number | undefined;
  #isPipelineChanged = false;
  #sentMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ctx: DurableObjectState, live: LiveCounters, position: () => StreamPosition) {
    this.#ctx = ctx;
    this.#live = live;
    this.#position = position;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  count(): number {
    return this.#ctx.getWebSockets().length;
  }

  accept(request: Request): Response {
    const url = new URL(request.url);
    const { 0: client, 1: server } = new WebSocketPair();
    this.#ctx.acceptWebSocket(server);
    const wish: Wish = { q: url.searchParams.get("q") ?? "", isPaused: false };
    server.serializeAttachment(wish);
    this.#greet(server, url.searchParams.get("service") ?? "");
    const since = url.searchParams.get("since");
    if (since !== null) this.#catchUp(server, wish, Number(since));
    return new Response(null, { status: 101, webSocket: client });
  }

  onMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    const frame = clientFrameOf(message);
    const wish = socket.deserializeAttachment() as Wish;
    if (frame?.type === "pause" || frame?.type === "resume") {
      socket.serializeAttachment({ ...wish, isPaused: frame.type === "pause" } satisfies Wish);
    } else if (frame?.type === "filter" && frame.q.length <= MAX_FILTER_CHARS) {
      const parsed = parseFilter(frame.q);
      if (parsed.ok) socket.serializeAttachment({ ...wish, q: frame.q } satisfies Wish);
      else send(socket, { type: "error", code: parsed.reason, message: parsed.detail });
    } else {
      send(socket, { type: "error", code: "invalid_request", message: "expected a filter, pause or resume frame" });
    }
  }

  onClose(socket: WebSocket): void {
    // The runtime completes the close handshake; an error leaves nothing to close.
    void socket;
    if (this.count() === 0) this.#stopTimer();
  }

  /** A pack became part of the stream. */
  add(firstSeq: number, { count, body }: CountedPack, receivedMs: number): void {
    this.#remember({ firstSeq, count, body });
    if (this.count() === 0) return;
    this.#fresh.push({ firstSeq, count, body });
    this.#changedSinceSecond ??= Math.floor(receivedMs / 1_000);
    this.#schedule();
  }

  pipelineChanged(): void {
    if (this.count() === 0) return;
    this.#isPipelineChanged = true;
    this.#schedule();
  }

  #remember(pack: KeptPack): void {
    this.#recent.push(pack);
    this.#recentBytes += pack.body.length;
    while (this.#recentBytes > MEMORY_BYTES && this.#recent.length > 1)
      this.#recentBytes -= this.#recent.shift()!.body.length;
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const waitMs = Math.max(0, this.#sentMs + FRAME_EVERY_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, waitMs);
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#fresh = [];
    this.#changedSinceSecond = undefined;
    this.#isPipelineChanged = false;
  }

  #flush(): void {
    const nowMs = Date.now();
    this.#sentMs = nowMs;
    const position = this.#position();
    const shared: string[] = [];
    if (this.#changedSinceSecond !== undefined)
      shared.push(this.#countersText(position, nowMs, this.#changedSinceSecond));
    if (this.#isPipelineChanged) shared.push(JSON.stringify(pipelineFrame(position)));
    const fresh = this.#fresh;
    this.#fresh = [];
    this.#changedSinceSecond = undefined;
    this.#isPipelineChanged = false;

    const records = once(() => fresh.flatMap((pack) => placedRecords(position, pack)));
    const tails = new Map<string, string[]>();
    for (const socket of this.#ctx.getWebSockets()) {
      const { q, isPaused } = socket.deserializeAttachment() as Wish;
      if (!isPaused && fresh.length > 0) {
        let tail = tails.get(q);
        if (!tail) {
          tail = tailTexts(records(), q, position);
          tails.set(q, tail);
        }
        for (const text of tail) sendText(socket, text);
      }
      // After the records that they count: a link that breaks in between is asked for those again.
      for (const text of shared) sendText(socket, text);
    }
  }

  #greet(socket: WebSocket, service: string): void {
    const { acknowledged, stored, unconfirmed, shard, lastSeq } = this.#position();
    send(socket, {
      type: "hello",
      service,
      shard,
      lastSeq,
      atMs: Date.now(),
      total: tallyJson(this.#live.total),
      seconds: slotsJson(this.#live.secondsSince(0), 1),
      minutes: slotsJson(this.#live.minutesSince(0), 60),
      pipeline: { acknowledged, stored, unconfirmed },
    });
  }

  /** What came after `since`, from memory; what memory no longer holds is a gap with its numbers. */
  #catchUp(socket: WebSocket, { q }: Wish, since: number): void {
    const position = this.#position();
    const kept = this.#recent.filter((pack) => pack.firstSeq + pack.count - 1 > since);
    const oldest = kept[0]?.firstSeq ?? position.lastSeq + 1;
    if (oldest > since + 1) {
      const { service, shard } = position;
      send(socket, {
        type: "gap",
        service,
        shard,
        first: since + 1,
        last: oldest - 1,
        count: oldest - 1 - since,
        reason: "no_longer_in_memory",
      });
    }
    const missed = kept.flatMap((pack) => placedRecords(position, pack)).filter(({ seq }) => seq > since);
    for (const text of tailTexts(missed, q, position)) sendText(socket, text);
  }

  #countersText({ service, lastSeq }: StreamPosition, atMs: number, sinceSecond: number): string {
    const seconds = slotsJson(this.#live.secondsSince(sinceSecond), 1);
    return JSON.stringify({
      type: "counters",
      service,
      atMs,
      total: tallyJson(this.#live.total),
      seconds,
      lastSeq,
    } satisfies Frame);
  }
}

function placedRecords({ service, shard }: StreamPosition, { firstSeq, body }: KeptPack): PlacedRecord[] {
  return recordsOfPackText(splitPackText(unpack(body))).map((record, at) => ({
    service,
    shard,
    seq: firstSeq + at,
    record,
  }));
}

/** The tail frame, and the gap frame before it where more matched than a watcher gets: the newest are shown. */
function tailTexts(records: readonly PlacedRecord[], q: string, { service, shard }: StreamPosition): string[] {
  const filter = parseFilter(q);
  const matches = filter.ok ? predicateOf(filter.value, Date.now()) : () => true;
  const matching = records.filter(({ record }) => matches(record, service));
  const shown = matching.slice(-TAIL_PER_FRAME);
  const left = matching.slice(0, -TAIL_PER_FRAME);
  const texts: string[] = [];
  if (left.length > 0) {
    const gap: Frame = {
      type: "gap",
      service,
      shard,
      first: left[0]!.seq,
      last: left.at(-1)!.seq,
      count: left.length,
      reason: "rate",
    };
    texts.push(JSON.stringify(gap));
  }
  if (shown.length > 0) {
    texts.push(
      JSON.stringify({
        type: "tail",
        service,
        records: shown.map((placed) => recordJson(placed, "memory")),
      } satisfies Frame),
    );
  }
  return texts;
}

const pipelineFrame = ({ service, acknowledged, stored, unconfirmed }: StreamPosition): Frame => ({
  type: "pipeline",
  service,
  acknowledged,
  stored,
  unconfirmed,
});

function clientFrameOf(message: string | ArrayBuffer): ClientFrame | undefined {
  if (typeof message !== "string") return undefined;
  try {
    const frame = JSON.parse(message) as ClientFrame;
    return frame.type === "filter" && typeof frame.q !== "string" ? undefined : frame;
  } catch {
    return undefined;
  }
}

const send = (socket: WebSocket, frame: Frame): void => sendText(socket, JSON.stringify(frame));

function sendText(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // The socket closed meanwhile; its close event follows.
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
