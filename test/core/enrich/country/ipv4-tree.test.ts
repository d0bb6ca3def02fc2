import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ipv4Tree } from "../../../../core/enrich/country/ipv4-tree.ts";

/** A range of addresses that begin with the highest `length` bits of `bits`, and what the table has of them. */
interface Range {
  bits: number;
  length: number;
  data: number;
}

const ipv4 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const range = fc.record({ bits: ipv4, length: fc.integer({ min: 1, max: 32 }), data: fc.nat({ max: 200 }) });

type Node = (Node | number | undefined)[];

/** The tree of ranges, a later one inside of those before it. */
function treeOf(ranges: readonly Range[], depth: number): Node {
  const root: Node = [undefined, undefined];
  for (const { bits, length, data } of ranges) {
    let node = root;
    for (let at = 0; at < depth + length - 1; at++) {
      const bit = bitAt(bits, at - depth);
      const child = node[bit];
      const next: Node = typeof child === "object" ? child : [child, child];
      node[bit] = next;
      node = next;
    }
    node[bitAt(bits, length - 1)] = data;
  }
  return root;
}

const bitAt = (bits: number, at: number): number => (at < 0 ? 0 : (bits >>> (31 - at)) & 1);

/** Source: MaxMind DB File Format Specification 2.0, node layout. */
function tableOf(root: Node, recordSize: number): { table: Uint8Array; nodeCount: number } {
  const nodes: Node[] = [root];
  for (const node of nodes) for (const child of node) if (typeof child === "object") nodes.push(child);
  const nodeCount = nodes.length;
  const at = new Map(nodes.map((node, index) => [node, index]));
  const numberOf = (child: Node[number]): number =>
    child === undefined ? nodeCount : typeof child === "object" ? at.get(child)! : nodeCount + 16 + child;
  const table = nodes.flatMap((node) => {
    const [left, right] = node.map(numberOf) as [number, number];
    const low = (value: number): number[] => [(value >> 16) & 255, (value >> 8) & 255, value & 255];
    if (recordSize === 24) return [...low(left), ...low(right)];
    if (recordSize === 28) return [...low(left), ((left >>> 24) << 4) | (right >>> 24), ...low(right)];
    return [left >>> 24, ...low(left), right >>> 24, ...low(right)];
  });
  return { table: Uint8Array.from(table), nodeCount };
}

/** What the last range that an address is in says. */
function dataIn(ranges: readonly Range[], ip: number): number | undefined {
  return ranges.findLast(({ bits, length }) => (bits ^ ip) >>> (32 - length) === 0 || (length === 32 && bits === ip))
    ?.data;
}

describe.each([
  [4, 24],
  [4, 28],
  [4, 32],
  [6, 24],
  [6, 28],
])("a table of IP version %i and %i bits a record", (ipVersion, recordSize) => {
  it("has of an address the data of its range", () => {
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 12 }), fc.array(ipv4), (ranges, ips) => {
        // Shorter ranges first, as a table holds the longest that an address is in.
        ranges.sort((a, b) => a.length - b.length);
        const { table, nodeCount } = tableOf(treeOf(ranges, ipVersion === 6 ? 96 : 0), recordSize);
        const tree = new Ipv4Tree(table, { nodeCount, recordSize, ipVersion });
        for (const ip of [...ips, ...ranges.flatMap(({ bits }) => [bits, (bits ^ 1) >>> 0])]) {
          const data = dataIn(ranges, ip);
          const expected = data === undefined ? undefined : nodeCount + 16 + data;
          expect(tree.dataOf(ip)).toBe(expected);
          expect(tree.dataOf(ip)).toBe(expected);
        }
      }),
      { numRuns: 30 },
    );
  });
});
