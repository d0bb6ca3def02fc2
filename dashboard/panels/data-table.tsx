import type { ComponentChildren } from "preact";

interface Column {
  title: string;
  /** Its values stand to the right. */
  isNumber?: boolean;
  /** Left out where there is little room. */
  isWide?: boolean;
  /** Its title is said, not shown. */
  isHidden?: boolean;
}

interface DataTableProps {
  /** What it lists, for those who cannot see it. */
  label: string;
  columns: readonly Column[];
  class?: string;
  /** Its rows. */
  children: ComponentChildren;
}

/** A table under its titles, which scrolls sideways by itself where it is too wide. */
export const DataTable = ({ label, columns, class: name, children }: DataTableProps) => (
  // biome-ignore lint/a11y/useSemanticElements: the panel around it is the region of that name; this is only what scrolls in it
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <div role="group" class="scroll-x" tabIndex={0} aria-label={label}>
    <table class={name}>
      <thead>
        <tr>
          {columns.map(({ title, isNumber, isWide, isHidden }) => (
            <th key={title} scope="col" class={`${isNumber ? "n" : ""} ${isWide ? "wide-only" : ""}`}>
              {isHidden ? <span class="sr-only">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);
