import "./shortcut-sheet.css";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../icons/icon.tsx";
import { isSheetOpen, SHORTCUTS } from "./shortcuts.ts";

/** What can be done by keyboard. */
export function ShortcutSheet() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby="sheet-title"
      onClose={() => {
        isSheetOpen.value = false;
      }}
    >
      <header class="panel-head">
        <h2 id="sheet-title">Keyboard</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </header>
      <div class="sheet-groups">
        {SHORTCUTS.map(({ title, shortcuts }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {shortcuts.map(({ keys, about }) => (
                <div key={keys}>
                  <dt>
                    {keys.split(" ").map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{about}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section aria-label="In lists">
          <h3>In lists</h3>
          <dl>
            {IN_LISTS.map(([key, about]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{about}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </dialog>
  );
}

const IN_LISTS = [
  ["↑ ↓", "From line to line"],
  ["Enter", "Open a line"],
  ["Esc", "Close it, leave a field"],
] as const;
