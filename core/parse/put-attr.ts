import type { LogRecord } from "../record.ts";

/** Keeps a value that has no field of its own; absent and empty ones are left out, as is `-`, which means the same. */
export function putAttr(record: LogRecord, name: string, value: unknown): void {
  if (value === undefined || value === null || value === "" || value === "-") return;
  record.attrs ??= {};
  if (name === "__proto__")
    Object.defineProperty(record.attrs, name, { value, enumerable: true, writable: true, configurable: true });
  else record.attrs[name] = value;
}

export function putAttrs(record: LogRecord, attrs: Record<string, unknown>): void {
  for (const name of Object.keys(attrs)) putAttr(record, name, attrs[name]);
}
