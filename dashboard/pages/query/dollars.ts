/** A price at the database's list price: most questions cost less than can be written. */
export function dollars(value: number): string {
  if (value === 0) return "$0";
  return value < 0.000_01 ? "< $0.00001" : `$${value.toFixed(value < 0.01 ? 5 : 2)}`;
}

/** List price of a million rows read. Source: developers.cloudflare.com/d1/platform/pricing */
export const dollarsOfRows = (rows: number): number => (rows * 0.001) / 1_000_000;
