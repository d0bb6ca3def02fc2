import type { ConnectTarget } from "./sender.ts";

export interface Address {
  scheme: "http" | "https";
  host: string;
  port: number;
}

const ORIGIN = /^(https?):\/\/(\[[^\]]+\]|[^/:@?#]+)(?::(\d{1,5}))?\/?$/;

/** The parts of `https://logs.example.com:8443`; undefined where it is no such origin. */
export function addressOf(origin: string): Address | undefined {
  const [, scheme, host, port] = ORIGIN.exec(origin) ?? [];
  if (host === undefined) return undefined;
  return { scheme: scheme as Address["scheme"], host, port: Number(port ?? (scheme === "https" ? 443 : 80)) };
}

/** For senders with a default port of their own, which is never ours: `https://logs.example.com:443`. */
export function originWithPort({ origin }: ConnectTarget): string {
  const { scheme, host, port } = addressOf(origin)!;
  return `${scheme}://${host}:${port}`;
}

/** With the key as password: `https://weir:KEY@logs.example.com:443`. */
export function originWithKey({ origin, key }: ConnectTarget): string {
  const { scheme, host, port } = addressOf(origin)!;
  return `${scheme}://weir:${encodeURIComponent(key)}@${host}:${port}`;
}
