const encoder = new TextEncoder();
const text = (value: string): number[] => [0x40 | encoder.encode(value).length, ...encoder.encode(value)];
const map = (...pairs: [string, number[]][]): number[] => [
  0xe0 | pairs.length,
  ...pairs.flatMap(([key, value]) => [...text(key), ...value]),
];
const uint = (value: number): number[] => [
  0xc4,
  (value >> 24) & 255,
  (value >> 16) & 255,
  (value >> 8) & 255,
  value & 255,
];

/** A table of one node and 24 bits a record: addresses that begin with 1 are in Bern, the others nowhere. */
export function cityTable(): Uint8Array {
  const data = map(
    ["country", map(["iso_code", text("CH")])],
    ["city", map(["names", map(["de", text("Bern")], ["en", text("Berne")])])],
  );
  const nodeCount = 1;
  // A record beyond the nodes points into the data: node count + 16 + offset.
  const tree = [0, 0, nodeCount, 0, 0, nodeCount + 16];
  const metadata = map(["node_count", uint(nodeCount)], ["record_size", uint(24)], ["ip_version", uint(4)]);
  return Uint8Array.from([
    ...tree,
    ...Array(16).fill(0),
    ...data,
    0xab,
    0xcd,
    0xef,
    ...encoder.encode("MaxMind.com"),
    ...metadata,
  ]);
}
