import { useEffect, useId, useRef, useState } from "preact/hooks";
import { chosenService } from "../address/scope.ts";
import { Icon } from "../icons/icon.tsx";
import { lazy } from "./lazy.tsx";

const ServiceChoices = lazy(async () => (await import("./service-choices.tsx")).ServiceChoices, 0);

/** Before the click, so that nobody waits; one that fails is told of where it is shown. */
const fetchChoices = () => void ServiceChoices.fetched().catch(() => undefined);

/** Chooses a service, or all; a field to search in and the list of what it finds. */
export function ServicePicker() {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener("pointerdown", leave);
    return () => removeEventListener("pointerdown", leave);
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div class="picker" ref={place}>
      <button
        ref={button}
        type="button"
        class="picker-button"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-controls={id}
        onPointerEnter={fetchChoices}
        onFocus={fetchChoices}
        onClick={() => setOpen(!isOpen)}
      >
        <span class="sr-only">Service: </span>
        <span class="picker-name">{chosenService.value ?? "All services"}</span>
        <Icon name="chevron" size={14} />
      </button>
      {isOpen && <ServiceChoices id={id} close={close} />}
    </div>
  );
}
