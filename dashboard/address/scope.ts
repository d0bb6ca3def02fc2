import { computed, signal } from "@preact/signals";
import type { Scope } from "../api/questions.ts";
import { type Range, RELATIVE, rangeOf, rangeText } from "../time/range.ts";
import { address, hrefWith, navigate } from "./address.ts";
import { placeOf, servicePath } from "./pages.ts";

export const place = computed(() => placeOf(address.value.path));

/** The service that the page is about; undefined for all. */
export const chosenService = computed(() => place.value.service ?? (address.value.query.get("service") || undefined));

/** The range that the address asks for; undefined where it leaves the choice to the page. */
export const chosenRange = computed(() => rangeOf(address.value.query.get("range")));

export const filterText = computed(() => address.value.query.get("q")?.trim() ?? "");

/** What is shown where the address names no range; `pickRange` puts it where the records are. */
export const automaticRange = signal<Range>(RELATIVE["1h"]);

/** Whether figures stand beside those of the same time yesterday. */
export const isCompared = computed(() => address.value.query.get("compare") === "1d");

export const scope = computed<Scope>(() => ({
  service: chosenService.value,
  range: chosenRange.value ?? automaticRange.value,
  q: filterText.value,
}));

/** Everything that an answer depends on, as one text. */
export const scopeKey = ({ service, range, q }: Scope): string => `${service ?? "*"} ${rangeText(range)} ${q}`;

export const chooseRange = (range: Range): void => navigate(hrefWith({ range: rangeText(range) }));

export const chooseFilter = (q: string): void => navigate(hrefWith({ q: q.trim() || undefined }));

/** The address that shows a service on this page, or on its own page where this one is about all. */
export function hrefOfService(service: string | undefined): string {
  const { page } = place.value;
  if (page === "overview" || page === "service")
    return hrefWith({ service: undefined }, service === undefined ? "/" : servicePath(service));
  return hrefWith({ service });
}
