/** The 32 or 128 bits of an address, first to last; undefined for other text. `::ffff:1.2.3.4` counts as IPv4. */
export function bitsOfIp(ip: string): number[] | undefined {
  if (!ip.includes(":")) return bitsOf(ip.split(".").map(Number), 4, 8);
  if (ip.includes(".")) return ip.toLowerCase().startsWith("::ffff:") ? bitsOfIp(ip.slice(7)) : undefined;
  const [left = "", right, more] = ip.split("%")[0]!.split("::");
  if (more !== undefined) return undefined;
  const start = groupsOf(left);
  if (right === undefined) return bitsOf(start, 8, 16);
  const end = groupsOf(right);
  const gap = 8 - start.length - end.length;
  return gap < 0 ? undefined : bitsOf([...start, ...Array<number>(gap).fill(0), ...end], 8, 16);
}

const groupsOf = (text: string): number[] =>
  text === ""
    ? []
    : text.split(":").map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : Number.NaN));

function bitsOf(parts: number[], count: number, width: number): number[] | undefined {
  if (parts.length !== count) return undefined;
  const bits: number[] = [];
  for (const part of parts) {
    if (!(part >= 0 && part < 2 ** width) || !Number.isInteger(part)) return undefined;
    for (let i = width - 1; i >= 0; i--) bits.push((part >> i) & 1);
  }
  return bits;
}
