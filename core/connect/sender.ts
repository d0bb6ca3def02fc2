/** Where records are to go. */
export interface ConnectTarget {
  /** `https://logs.example.com`, without a path. */
  origin: string;
  service: string;
  key: string;
}

export interface ConnectFile {
  /** Where it belongs, as an absolute path; a bare name belongs into the project that logs. */
  name: string;
  text: string;
}

export interface SenderConfig {
  files: ConnectFile[];
  /** A shell command that begins to send, where it takes more than starting the program again. */
  run?: string;
  /** What a person has to know before it is trusted, one sentence or two each. */
  notes: string[];
}

/** A program that sends, and how to point it here. */
export interface Sender {
  /** As asked for: `rsyslog`, `pino-loki`. */
  name: string;
  title: string;
  /** Whether test/senders runs it with this very configuration; else it was written from the program's documentation. */
  isProven: boolean;
  config(target: ConnectTarget): SenderConfig;
}
