import { WITHOUT_SCOPE } from "../address/pages.ts";
import { place } from "../address/scope.ts";
import { signOut } from "../api/session.ts";
import { zoneName } from "../format/time.ts";
import { toggleZone, zone } from "../format/zone.ts";
import { Icon, Mark } from "../icons/icon.tsx";
import { FilterField } from "./filter-field.tsx";
import { LiveState } from "./live-state.tsx";
import { RangeChips } from "./range-chips.tsx";
import { ServicePicker } from "./service-picker.tsx";
import { isSheetOpen } from "./shortcuts.ts";
import { nextTheme, theme } from "./theme.ts";

/** What the page is about, and how fresh it is. Pages that have no range or filter do not show one. */
export function TopBar() {
  const { page } = place.value;
  const hasScope = page !== undefined && !WITHOUT_SCOPE.has(page);
  return (
    <header class="top">
      <a class="top-mark" href="/" aria-label="Weir, overview">
        <Mark size={20} />
      </a>
      {hasScope && <ServicePicker />}
      {hasScope && <FilterField />}
      {hasScope && page !== "live" && <RangeChips />}
      <span class="top-end">
        <LiveState />
        <ZoneButton />
        <ThemeButton />
        <button
          type="button"
          class="icon-button top-keys"
          aria-label="Keyboard shortcuts"
          aria-keyshortcuts="?"
          title="Keyboard shortcuts (?)"
          onClick={() => {
            isSheetOpen.value = true;
          }}
        >
          <Icon name="help" />
        </button>
        <button
          type="button"
          class="icon-button top-out"
          aria-label="Sign out"
          title="Sign out"
          onClick={() => void signOut()}
        >
          <Icon name="out" />
        </button>
      </span>
    </header>
  );
}

const ZoneButton = () => (
  <button
    type="button"
    class="button small zone"
    aria-pressed={zone.value === "utc"}
    title={`Times are shown in ${zoneName(Date.now())}. Change between local time and UTC (z)`}
    onClick={toggleZone}
  >
    {zoneName(Date.now())}
  </button>
);

const THEME_ICONS = { system: "system", light: "sun", dark: "moon" } as const;

const ThemeButton = () => (
  <button
    type="button"
    class="icon-button"
    aria-label={`Theme: ${theme.value}. Change it`}
    title={`Theme: ${theme.value}`}
    onClick={nextTheme}
  >
    <Icon name={THEME_ICONS[theme.value]} />
  </button>
);
