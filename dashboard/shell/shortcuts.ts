import { signal } from "@preact/signals";
import { hrefOfPage, navigate } from "../address/address.ts";
import { PAGES } from "../address/pages.ts";
import { chooseRange } from "../address/scope.ts";
import { toggleZone } from "../format/zone.ts";
import { RELATIVE } from "../time/range.ts";
import { isTyping } from "./is-typing.ts";
import { nextTheme } from "./theme.ts";

export interface Shortcut {
  /** As it is written: `g o` is g, then o. */
  keys: string;
  about: string;
  run: () => void;
}

/** Whether the sheet of all shortcuts is open. */
export const isSheetOpen = signal(false);

/** `g`, then the letter of a page. */
const goTo: Shortcut[] = PAGES.filter(({ inNavigation }) => inNavigation).map(({ title, path }) => ({
  keys: `g ${title[0]!.toLowerCase()}`,
  about: title,
  run: () => navigate(hrefOfPage(path)),
}));

const ranges: Shortcut[] = [
  ...Object.values(RELATIVE).map((range, at) => ({
    keys: String(at + 1),
    about: `Last ${range.key}`,
    run: () => chooseRange(range),
  })),
  { keys: "0", about: "Everything", run: () => chooseRange({ kind: "all" }) },
];

/** A press on what stands on the page: without it the key does nothing. */
const press = (selector: string) => () => document.querySelector<HTMLElement>(selector)?.click();

export const SHORTCUTS: readonly { title: string; shortcuts: readonly Shortcut[] }[] = [
  { title: "Go to", shortcuts: goTo },
  { title: "Range", shortcuts: ranges },
  {
    title: "Page",
    shortcuts: [
      { keys: "/", about: "Filter", run: () => document.querySelector<HTMLInputElement>(".filter input")?.select() },
      { keys: "s", about: "Choose a service", run: press(".picker-button") },
      { keys: "p", about: "Pause or resume the tail", run: press(".pause") },
      { keys: "z", about: "Local time or UTC", run: toggleZone },
      { keys: "t", about: "Theme", run: nextTheme },
      {
        keys: "?",
        about: "This sheet",
        run: () => {
          isSheetOpen.value = !isSheetOpen.peek();
        },
      },
    ],
  },
];

/** The second key of two has to come so soon. */
const PAIR_MS = 1_200;

/** Listens on the whole page; answers how to stop. Keys with Ctrl, Alt or Cmd are the browser's. */
export function listenToShortcuts(): () => void {
  const all = new Map(SHORTCUTS.flatMap(({ shortcuts }) => shortcuts.map((one) => [one.keys, one] as const)));
  let first = { key: "", ms: 0 };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
    const nowMs = Date.now();
    const pair = nowMs - first.ms < PAIR_MS ? all.get(`${first.key} ${event.key}`) : undefined;
    const shortcut = pair ?? all.get(event.key);
    first = { key: event.key, ms: nowMs };
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  };
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}
