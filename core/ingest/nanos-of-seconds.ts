const SECONDS = /^(\d{1,11})(?:\.(\d{1,9})\d*)?$/;

/** Epoch seconds as nanoseconds, the fraction digit by digit as it is written: a product would not be exact. */
export function nanosOfSeconds(value: unknown): bigint | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const parts = SECONDS.exec(String(value).trim());
  if (parts === null) return undefined;
  const nanos = BigInt(parts[1]!) * 1_000_000_000n + BigInt((parts[2] ?? "").padEnd(9, "0"));
  return nanos > 0n ? nanos : undefined;
}
