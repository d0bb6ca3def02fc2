const SLOT_BITS = 16;

/**
 * Remembers a small number for each of the IPv4 addresses met last, 65,536 at most.
 *
 * Numbers in two arrays: a map of texts this large is spread over so much memory that looking into it takes three times as long.
 */
export class RecentIpv4 {
  readonly #ips = new Uint32Array(1 << SLOT_BITS);
  /** 0: nobody has been here. */
  readonly #values = new Uint16Array(1 << SLOT_BITS);

  /** undefined where nothing is remembered. */
  get(ipv4: number): number | undefined {
    const slot = slotOf(ipv4);
    const value = this.#values[slot]!;
    return value !== 0 && this.#ips[slot] === ipv4 ? value - 1 : undefined;
  }

  /** @param value below 65,535 */
  set(ipv4: number, value: number): void {
    const slot = slotOf(ipv4);
    this.#ips[slot] = ipv4;
    this.#values[slot] = value + 1;
  }
}

/** Fibonacci hashing: neighbours do not share a slot. */
const slotOf = (ipv4: number): number => Math.imul(ipv4, 0x9e3779b1) >>> (32 - SLOT_BITS);
