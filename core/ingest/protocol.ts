import type { Entry } from "../record.ts";
import type { Result } from "../result.ts";

/** A request as a protocol sees it: no platform, no stream, nothing that could be read twice. */
export interface IngestRequest {
  method: string;
  /** After the protocol's mount: `/api/v1/push`, or `/web` for `/ingest/web`. */
  path: string;
  query(name: string): string | undefined;
  /** @param name in lower case */
  header(name: string): string | undefined;
  /** Decompressed. */
  body: Uint8Array;
  /** When it was received. */
  nowMs: number;
}

/** A request of which the body is not read yet, or could not be. */
export type RequestHead = Omit<IngestRequest, "body">;

/** The entries of a request for one service. */
export interface ServiceEntries {
  service: string;
  entries: Entry[];
  /** The sender said that its lines are JSON, so that a broken one is its mistake and not a text. */
  declaredJson?: boolean;
}

/** What a request held, and how to answer once that is durable. */
export interface Decoded {
  batches: ServiceEntries[];
  /** What the body was taken for: `ndjson`, `syslog`, `otlp_protobuf`. */
  recognised: string;
  /** A sentence for the sender when its request looks like a common mistake. */
  hint?: string;
  answer(outcome: Outcome): Reply;
}

/** What became of the entries; indexes count over all batches in their order. */
export interface Outcome {
  accepted: number;
  /** Understood and not wanted, by reason. */
  dropped: Record<string, number>;
  refused: { index: number; reason: string }[];
}

/** A whole answer in the words of one protocol. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  /** Wait before answering, where an answer at once would make the sender give up for good. */
  delayMs?: number;
  /** Break the connection in the middle of the body, where any whole answer would make the sender give the batch up. */
  breaksOff?: boolean;
}

/** `not_found`: the path is none of the protocol's own; OpenTelemetry sends traces to its neighbours. */
export type IngestRefusal = "not_found" | "empty_body" | "binary_body" | "undecodable_body" | "too_many_lines";

/** Every way a request is turned away, before its body is read or after. */
export type RefusalCode =
  | IngestRefusal
  | "invalid_request"
  | "unauthorized"
  | "forbidden"
  | "method_not_allowed"
  | "upgrade_required"
  | "invalid_service"
  | "invalid_encoding"
  | "request_timeout"
  | "payload_too_large"
  | "quota_exceeded"
  | "rate_limited"
  | "too_many_services"
  | "idempotency_conflict"
  | "not_configured"
  | "overloaded";

export interface Refused {
  code: RefusalCode;
  message: string;
  requestId?: string;
  retryAfterSeconds?: number;
}

export interface Protocol {
  /** As counted and shown: `otlp`, `loki`. */
  name: string;
  /** First segment of the paths that it answers: `/otlp`. */
  mount: string;
  /**
   * The answer to what carries no records: health, versions, probes, preflights. Needs no key and tells nothing.
   * undefined for requests with records.
   */
  handshake?(request: RequestHead): Reply | undefined;
  /**
   * Whether this sender gives up whatever is refused, so that only taking it saves it. Its batches may still use the
   * journal's reserve when others are told to come again. Absent: never.
   */
  losesRefused?(request: RequestHead): boolean;
  /** The records of a request. Never throws. */
  decode(request: IngestRequest): Result<Decoded, IngestRefusal>;
  /** How to say no so that this protocol's senders neither lose, nor loop, nor double; see docs/protocols.md. */
  refuse(refused: Refused, request: RequestHead): Reply;
}
