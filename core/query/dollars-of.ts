/** D1's list price of a million rows read. Source: developers.cloudflare.com/d1/platform/pricing */
const DOLLARS_PER_MILLION_ROWS = 0.001;
/** R2's list price of a million reads of an object (class B). Source: developers.cloudflare.com/r2/pricing */
const DOLLARS_PER_MILLION_OBJECTS = 0.36;

/** What reading costs on Cloudflare at list price; on a machine of one's own it costs nothing. */
export const dollarsOf = ({ rows = 0, objects = 0 }: { rows?: number; objects?: number }): number =>
  Number(((rows * DOLLARS_PER_MILLION_ROWS + objects * DOLLARS_PER_MILLION_OBJECTS) / 1_000_000).toPrecision(6));
