/** Lines or records of one request; more is refused as a whole, so that a sender learns it at once. */
export const MAX_ENTRIES = 20_000;
