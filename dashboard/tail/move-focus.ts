const KEYS: Record<string, (count: number, at: number) => number> = {
  ArrowDown: (count, at) => Math.min(count - 1, at + 1),
  ArrowUp: (count, at) => (at < 0 ? count - 1 : Math.max(0, at - 1)),
  Home: () => 0,
  End: (count) => count - 1,
};

/** Arrow keys go from line to line of a list that is itself one stop of the tab key. Answers whether one did. */
export function moveFocus(event: KeyboardEvent): boolean {
  const to = KEYS[event.key];
  const list = event.currentTarget;
  if (!to || !(list instanceof HTMLElement)) return false;
  const buttons = [...list.querySelectorAll<HTMLElement>(".line-open")];
  if (buttons.length === 0) return false;
  event.preventDefault();
  buttons[to(buttons.length, buttons.indexOf(document.activeElement as HTMLElement))]?.focus();
  return true;
}
