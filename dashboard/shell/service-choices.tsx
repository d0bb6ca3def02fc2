import { useEffect, useRef, useState } from "preact/hooks";
import { navigate } from "../address/address.ts";
import { hrefOfService } from "../address/scope.ts";
import { rate } from "../format/number.ts";
import { nowMs } from "../live/clock.ts";
import { healthOf } from "../live/health.ts";
import { rateOf, servicesByActivity } from "../live/overview-feed.ts";

/** Of a thousand services, one types to find the others. */
const SHOWN = 30;

interface ServiceChoicesProps {
  /** Of the list, for the button that opens it. */
  id: string;
  close: () => void;
}

/** A field to search in, and the services that it finds. */
export function ServiceChoices({ id, close }: ServiceChoicesProps) {
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const found = servicesByActivity.value
    .filter(({ name }) => name.includes(search.trim().toLowerCase()))
    .slice(0, SHOWN);
  const choices: (string | undefined)[] = [...(search === "" ? [undefined] : []), ...found.map(({ name }) => name)];
  const choose = (service: string | undefined) => {
    navigate(hrefOfService(service));
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && at < choices.length) choose(choices[at]);
    else if (event.key === "ArrowDown") setAt(Math.min(choices.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else return;
    event.preventDefault();
  };
  return (
    <div class="popover">
      <input
        ref={field}
        class="picker-search"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={`${id}-${at}`}
        aria-label="Find a service"
        placeholder="Find a service"
        autoComplete="off"
        spellcheck={false}
        value={search}
        onInput={(event) => {
          setSearch(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label="Services" class="choices">
        {choices.map((name, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and takes the keys
          <div
            key={name ?? ""}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            class="choice"
            aria-selected={index === at}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(name)}
          >
            <Choice name={name} />
          </div>
        ))}
        {choices.length === 0 && <p class="empty">No service of that name has sent anything.</p>}
      </div>
    </div>
  );
}

function Choice({ name }: { name: string | undefined }) {
  if (name === undefined) return <>All services</>;
  const service = servicesByActivity.value.find((one) => one.name === name);
  if (!service) return <>{name}</>;
  return (
    <>
      <i class={`dot ${healthOf(service, nowMs.value)}`} />
      {name}
      <span class="num faint">{rate(rateOf(service.seconds, nowMs.value))}/s</span>
    </>
  );
}
