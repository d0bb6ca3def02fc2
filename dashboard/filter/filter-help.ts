/** All that only those need who type a filter: its parser, its completion. Fetched with the first focus. */
export { checkFilter } from "./check-filter.ts";
export { SuggestionList } from "./suggestion-list.tsx";
