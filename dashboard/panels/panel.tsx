import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface PanelProps {
  title: string;
  /** What the figures mean, in a few words beside the title. */
  note?: ComponentChildren;
  /** Buttons at the end of the title's line. */
  actions?: ComponentChildren;
  class?: string;
  /** A newer answer is on its way. */
  isEarlier?: boolean;
  children: ComponentChildren;
}

/** The frame of every panel: a named region with one line of title. */
export function Panel({ title, note, actions, class: name = "", isEarlier = false, children }: PanelProps) {
  const id = useId();
  return (
    <section class={`panel ${name}`} aria-labelledby={id} aria-busy={isEarlier}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        {note !== undefined && <span class="panel-note">{note}</span>}
        {actions}
      </header>
      {children}
    </section>
  );
}
