import type { AppendAnswer, MessageRange, Origin, SeqRange } from "../core/delivery/message.ts";
import { LiveCounters } from "../core/live/live-counters.ts";
import type { Journal } from "./journal.ts";
import { type FoundOrigin, seqOf } from "./layouts.ts";

/** How far a stream is, in records; `lastSeq` is the last seq given out. */
export interface StreamPosition {
  service: string;
  shard: number;
  acknowledged: number;
  stored: number;
  /** Given up by a person: neither stored nor on their way. */
  discarded: number;
  unconfirmed: number;
  lastSeq: number;
}

/**
 * Who a stream is and what it has counted. The journal is the truth: snapshot and the packs after it give this state
 * again after any restart.
 */
export class StreamState {
  readonly #journal: Journal;
  readonly live: LiveCounters;
  /** Empty until the service was announced. */
  service: string;
  shard: number;
  throughSeq: number;
  stored: number;
  discarded: number;
  messagesSent: number;
  sendErrors: number;
  journalBytes: number;
  lastSentMs: number | undefined;
  lastConfirmedMs: number | undefined;

  constructor(journal: Journal) {
    this.#journal = journal;
    const snapshot = journal.snapshot();
    this.service = snapshot?.service ?? "";
    this.shard = snapshot?.shard ?? 0;
    this.stored = snapshot?.storedRecords ?? 0;
    this.discarded = snapshot?.discardedRecords ?? 0;
    this.throughSeq = snapshot?.throughSeq ?? 0;
    this.messagesSent = snapshot?.messagesSent ?? 0;
    this.sendErrors = snapshot?.sendErrors ?? 0;
    this.live = new LiveCounters(snapshot?.live);
    for (const entry of journal.entries()) {
      if (entry.firstSeq <= this.throughSeq) continue;
      this.live.add(entry.tally, entry.receivedMs);
      this.throughSeq = entry.firstSeq + entry.count - 1;
    }
    this.journalBytes = journal.size().bytes;
  }

  /** Saves what the journal will no longer say. */
  write(): void {
    this.#journal.writeSnapshot({
      service: this.service,
      shard: this.shard,
      throughSeq: this.throughSeq,
      storedRecords: this.stored,
      discardedRecords: this.discarded,
      messagesSent: this.messagesSent,
      sendErrors: this.sendErrors,
      live: this.live.state(),
    });
    this.journalBytes = this.#journal.size().bytes;
  }

  position(): StreamPosition {
    const { service, shard, stored, discarded, throughSeq } = this;
    const acknowledged = this.live.total.count;
    const unconfirmed = acknowledged - stored - discarded;
    return { service, shard, acknowledged, stored, discarded, unconfirmed, lastSeq: throughSeq };
  }

  /** A batch by the range of its records; one without records has seq 0 in its name. */
  named(range: MessageRange | undefined): { seq: SeqRange | undefined; batch: string } {
    const { service, shard } = this;
    const seq = range && { shard, first: range.firstSeq, last: range.lastSeq };
    return { seq, batch: `${service}/${shard}/${seq?.first ?? 0}` };
  }

  /** What an earlier batch of the same origin was answered; undefined for a new one. `elsewhere`: what the home before says. */
  earlier(origin: Origin, nowMs: number, elsewhere?: FoundOrigin): EarlierAnswer | undefined {
    const here = this.#journal.origin(origin, nowMs);
    if (origin.kind === "frame") {
      const latest = Math.max(Number(here?.bodyHash ?? 0), Number(elsewhere?.bodyHash ?? 0));
      if (origin.frame > latest + 1) return { kind: "conflict" };
      if (origin.frame === latest + 1) return undefined;
      const isWhole = (origin.lastFrame ?? origin.frame) <= latest;
      return isWhole ? { kind: "repeated", ...this.named(undefined) } : { kind: "partly_repeated", latest };
    }
    const known = here ? { ...here, shard: this.shard } : elsewhere;
    if (!known) return undefined;
    if (known.bodyHash !== origin.bodyHash) return { kind: "conflict" };
    const seq = seqOf(known);
    return { kind: "repeated", seq, batch: `${this.service}/${known.shard}/${seq?.first ?? 0}` };
  }
}

type EarlierAnswer = Extract<AppendAnswer, { kind: "conflict" | "repeated" | "partly_repeated" }>;
