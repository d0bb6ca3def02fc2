import type { Entry } from "../record.ts";
import { isServiceName, toServiceName } from "../service-name.ts";
import type { IngestRequest, ServiceEntries } from "./protocol.ts";

/** Entries by service, in the order in which the services came. */
export class Grouped {
  readonly #batches = new Map<string, ServiceEntries>();
  readonly #names = new Map<string, string>();
  readonly #fallback: string;
  count = 0;

  /** @param fallback the service of entries that name none */
  constructor(fallback: string) {
    this.#fallback = fallback;
  }

  /** @param label the sender's own words for the service */
  add(label: unknown, entry: Entry): void {
    const service = typeof label === "string" ? this.#nameOf(label) : this.#fallback;
    const batch = this.#batches.get(service);
    if (batch) batch.entries.push(entry);
    else this.#batches.set(service, { service, entries: [entry] });
    this.count++;
  }

  get batches(): ServiceEntries[] {
    return [...this.#batches.values()];
  }

  #nameOf(label: string): string {
    let name = this.#names.get(label);
    if (name === undefined) {
      name = toServiceName(label) ?? this.#fallback;
      this.#names.set(label, name);
    }
    return name;
  }
}

/**
 * The service that a request names itself: `/journald/web/upload`, `?service=web`, or `X-Weir-Service: web`.
 * It wins over whatever the records say.
 *
 * @param suffix the protocol's own path after the mount: what stands before it is the service
 */
export function serviceOfRequest(
  request: Pick<IngestRequest, "path" | "query" | "header">,
  suffix: RegExp,
): string | undefined {
  const prefix = request.path.replace(suffix, "").split("/").filter(Boolean)[0];
  const name = prefix ?? request.query("service") ?? request.header("x-weir-service");
  if (name === undefined || isServiceName(name)) return name;
  return toServiceName(name);
}
