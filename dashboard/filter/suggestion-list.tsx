import { useEffect, useId, useRef, useState } from "preact/hooks";
import { scope } from "../address/scope.ts";
import { Choices, movedChoice } from "./choices.tsx";
import { useSuggestions } from "./use-suggestions.ts";

interface SuggestionListProps {
  field: HTMLInputElement;
  text: string;
  onText: (text: string) => void;
}

/**
 * What can be put into the filter's field at its cursor: arrow keys choose, Tab or Enter puts it in, Escape sends the
 * list away. It is fetched once the field has the focus, so it listens to that field instead of drawing it.
 */
export function SuggestionList({ field, text, onText }: SuggestionListProps) {
  const id = useId();
  const [cursor, setCursor] = useState<number | undefined>(() => cursorOf(field));
  const [at, setAt] = useState(-1);
  const { choices, apply } = useSuggestions(text, cursor, scope.value);
  const isOpen = cursor !== undefined && choices.length > 0;

  const put = (index: number) => {
    const next = apply(choices[index]!);
    onText(next.text);
    // Before it is drawn: the cursor has to find the new text.
    field.value = next.text;
    field.setSelectionRange(next.cursor, next.cursor);
    setCursor(next.cursor);
    setAt(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    const { key, shiftKey } = event;
    const moved = movedChoice(key, at, choices.length);
    if (moved !== undefined) setAt(moved);
    else if (at >= 0 && (key === "Enter" || (key === "Tab" && !shiftKey))) put(at);
    else {
      // A submitted filter needs no more help; the first Escape sends the list away, the second leaves the field.
      if (key === "Enter" || key === "Escape") setCursor(undefined);
      if (key !== "Escape") return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const current = useRef(onKeyDown);
  current.current = onKeyDown;
  useEffect(() => {
    const look = () => {
      setCursor(cursorOf(field));
      setAt(-1);
    };
    const leave = () => setCursor(undefined);
    const onKey = (event: KeyboardEvent) => current.current(event);
    const listeners = { input: look, click: look, focus: look, blur: leave } as const;
    for (const [name, listener] of Object.entries(listeners)) field.addEventListener(name, listener);
    field.addEventListener("keydown", onKey, { capture: true });
    return () => {
      for (const [name, listener] of Object.entries(listeners)) field.removeEventListener(name, listener);
      field.removeEventListener("keydown", onKey, { capture: true });
    };
  }, [field]);
  useEffect(() => {
    field.setAttribute("aria-expanded", String(isOpen));
    setOrRemove(field, "aria-controls", isOpen ? id : undefined);
    setOrRemove(field, "aria-activedescendant", isOpen && at >= 0 ? `${id}-${at}` : undefined);
  }, [field, id, isOpen, at]);

  if (!isOpen) return null;
  return <Choices id={id} choices={choices} at={at} onPut={put} class="suggestions" />;
}

const cursorOf = (field: HTMLInputElement): number | undefined =>
  document.activeElement === field ? (field.selectionStart ?? field.value.length) : undefined;

function setOrRemove(field: HTMLInputElement, name: string, value: string | undefined): void {
  if (value === undefined) field.removeAttribute(name);
  else field.setAttribute(name, value);
}
