/** The outcome of anything that can be refused. The core returns it and never throws. */
export type Result<Value, Reason extends string> =
  | { ok: true; value: Value }
  | { ok: false; reason: Reason; detail: string };

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });

export const refuse = <Reason extends string>(
  reason: Reason,
  detail: string,
): { ok: false; reason: Reason; detail: string } => ({ ok: false, reason, detail });
