const encoder = new TextEncoder();

/** ExportLogsServiceResponse {1: partial_success {1: rejected_log_records, 2: error_message}}; empty when all was taken. */
export function partialSuccess(rejected: number, message: string): Uint8Array {
  if (rejected === 0) return new Uint8Array();
  const inner = [0x08, ...varint(rejected), ...field(0x12, encoder.encode(message))];
  return Uint8Array.from(field(0x0a, inner));
}

/** google.rpc.Status {2: message}, which OTLP asks of every error. */
export const statusMessage = (message: string): Uint8Array => Uint8Array.from(field(0x12, encoder.encode(message)));

const field = (tag: number, bytes: ArrayLike<number>): number[] => [tag, ...varint(bytes.length), ...Array.from(bytes)];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 128)) bytes.push((left & 0x7f) | 0x80);
  return [...bytes, left];
}
