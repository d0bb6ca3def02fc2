interface ChoicesProps {
  /** Of the list; the n-th choice is `${id}-${n}`. */
  id: string;
  choices: readonly { text: string; about: string }[];
  /** The chosen one. */
  at: number;
  onPut: (index: number) => void;
  class?: string;
  style?: { top: string; left: string };
}

/** What can be put into a field, below it. The field keeps the focus and its keys; see `movedChoice`. */
export const Choices = ({ id, choices, at, onPut, class: name = "", style }: ChoicesProps) => (
  <div id={id} role="listbox" aria-label="Suggestions" class={`popover ${name}`} {...(style ? { style } : {})}>
    {choices.map((choice, index) => (
      <div
        key={choice.text}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        class="choice"
        aria-selected={index === at}
        onPointerDown={(event) => {
          event.preventDefault();
          onPut(index);
        }}
      >
        <code>{choice.text}</code> <span class="faint">{choice.about}</span>
      </div>
    ))}
  </div>
);

/** The choice that an arrow key goes to, round and round; undefined for other keys. `at` is -1 where none is chosen. */
export function movedChoice(key: string, at: number, count: number): number | undefined {
  if (key === "ArrowDown") return (at + 1) % count;
  return key === "ArrowUp" ? (at <= 0 ? count : at) - 1 : undefined;
}
