import type { ComponentChildren } from "preact";
import { chooseFilter, filterText } from "../address/scope.ts";
import { hasTerm, termOf, withTerm } from "../address/terms.ts";

interface FilterButtonProps {
  field: string;
  value: string;
  class?: string;
  title?: string;
  children: ComponentChildren;
}

/** A value that filters by itself when it is clicked, and no longer when it is clicked again. */
export function FilterButton({ field, value, class: name = "", title, children }: FilterButtonProps) {
  const term = termOf(field, value);
  const isOn = hasTerm(filterText.value, term);
  return (
    <button
      type="button"
      class={`value ${name}`}
      aria-pressed={isOn}
      title={title ?? (isOn ? `Take ${term} out of the filter` : `Filter by ${term}`)}
      onClick={(event) => {
        event.stopPropagation();
        chooseFilter(withTerm(filterText.peek(), term));
      }}
    >
      {children}
    </button>
  );
}
