import type { ConnectTarget } from "../../core/connect/sender.ts";
import type { Level } from "../../core/record.ts";
import type { Sent } from "./sent.ts";

/** A real sender under test. It runs the configuration that core/connect gives out. */
export interface SenderTest {
  /** As in core/connect. */
  name: string;
  /** The levels that it has words for. */
  levels: readonly Level[];
  /** What the API has to answer for a record, besides its message. */
  expected(sent: Sent): Record<string, unknown>;
  /** Installs it. Throws CannotInstall where it is not to be had. */
  install(): void;
  start(target: ConnectTarget, folder: string): Promise<Running>;
}

export interface Running {
  /** Hands the records over; does not wait until they have been sent. */
  send(records: readonly Sent[]): Promise<void>;
  /** Ends it, whatever it still holds. */
  stop(): Promise<void>;
}
