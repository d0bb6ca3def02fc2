import type { ServiceSettings } from "../settings.ts";
import type { Place } from "./city-of.ts";

/** What the steps may know beside the record. */
export interface EnrichContext {
  /** When the record was received. */
  nowMs: number;
  settings: ServiceSettings;
  /** ISO 3166-1 alpha-2 of an address, where a table of addresses is loaded. */
  countryOf?: (ip: string) => string | undefined;
  /** Where an address is, once it was looked up in a table of cities (see city-of.ts). */
  placeOf?: (ip: string) => Place | undefined;
  /** Country of the request itself, for records that a browser sent of itself. */
  requestCountry?: string;
}

/** Why a record that was understood is not kept; counted under these names. */
export type DropReason = "drop_rule" | "sampled_out";
