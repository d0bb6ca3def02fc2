import { effect, signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";

/** boot.js reads it before the first paint. */
const KEY = "weir.theme";

const ORDER: Theme[] = ["system", "light", "dark"];

export const theme = signal<Theme>((document.documentElement.dataset.theme as Theme | undefined) ?? "system");

/** Grows whenever colours changed: what draws on a canvas has to draw again. */
export const colorsVersion = signal(0);

export const nextTheme = (): void => {
  theme.value = ORDER[(ORDER.indexOf(theme.value) + 1) % ORDER.length]!;
};

export function startTheme(): void {
  effect(() => {
    if (theme.value === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
    try {
      if (theme.value === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, theme.value);
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
    colorsVersion.value = colorsVersion.peek() + 1;
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    colorsVersion.value++;
  });
}

let probe: HTMLElement | undefined;

/** The colour that a token stands for now, as a canvas takes it: a custom property itself reads as `light-dark(…)`. */
export function colorOf(token: string): string {
  if (!probe) {
    probe = document.createElement("i");
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${token})`;
  return getComputedStyle(probe).color;
}
