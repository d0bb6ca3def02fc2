import { chooseFilter, filterText } from "../address/scope.ts";
import { withTerm } from "../address/terms.ts";

/**
 * A click anywhere in a list of lines: on a value it filters, elsewhere in a line it opens it. One listener for all
 * lines: thousands of them come and go in a minute.
 */
export function onLineClick(event: MouseEvent, toggle: (key: string) => void): void {
  const target = event.target instanceof Element ? event.target : undefined;
  const term = target?.closest<HTMLElement>("[data-term]")?.dataset.term;
  if (term !== undefined) {
    chooseFilter(withTerm(filterText.peek(), term));
    return;
  }
  const line = target?.closest(".line-row")?.parentElement;
  // Whoever marks text does not mean to open the line.
  if (line?.dataset.key !== undefined && getSelection()?.toString() === "") toggle(line.dataset.key);
}
