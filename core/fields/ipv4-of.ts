/**
 * The 32 bits of an IPv4 address as everyone writes it, each number without leading zeros: so two texts have the same bits only if
 * they are equal. -1 for any other text.
 */
export function ipv4Of(text: string): number {
  const { length } = text;
  if (length > 15) return -1;
  let bits = 0;
  let part = -1;
  let dots = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      if (part === 0) return -1;
      part = part < 0 ? digit : part * 10 + digit;
    } else if (digit === DOT && part >= 0 && part <= 255 && dots < 3) {
      bits = bits * 256 + part;
      part = -1;
      dots++;
    } else return -1;
  }
  return dots === 3 && part >= 0 && part <= 255 ? bits * 256 + part : -1;
}

/** Counted from the digit 0. */
const DOT = 46 - 48;
