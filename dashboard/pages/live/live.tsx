import "./live.css";
import { useMemo } from "preact/hooks";
import { address, hrefWith, navigate, replace } from "../../address/address.ts";
import { scope } from "../../address/scope.ts";
import { services } from "../../live/overview-feed.ts";
import { Skeleton } from "../../panels/answered.tsx";
import { lazy } from "../../shell/lazy.tsx";
import { useWatched } from "../watched.ts";
import { Rewind } from "./rewind.tsx";
import { Tail } from "./tail.tsx";

const FirstRun = lazy(async () => (await import("../first-run/first-run.tsx")).FirstRun);

/** So many tails fit beside each other on the widest screen. */
const MOST_BESIDE = 6;

/** Lines as they arrive, as many as fit: in one tail, in one for each service, or as they were some minutes ago. */
export function Live() {
  const { service } = scope.value;
  const { query } = address.value;
  const watched = useWatched();
  const beside = query.get("beside") ?? "";
  const columns = useMemo(() => [...new Set(beside.split(",").filter(Boolean))].slice(0, MOST_BESIDE), [beside]);
  const names = useMemo(() => (service === undefined ? watched : [service]), [service, watched]);
  if (services.value === undefined) return <Skeleton lines={8} />;
  if (services.value.size === 0) return <FirstRun />;
  const atMs = Number(query.get("at")) || undefined;
  const wrap = query.get("wrap") === "1";
  const mark = query.get("mark") ?? "";
  return (
    <div class="live">
      <header class="live-head">
        <h1>Live</h1>
        {service === undefined && <BesideChoice columns={columns} />}
        <span class="live-tools">
          <input
            type="search"
            class="mark-field"
            aria-label="Highlight"
            placeholder="Highlight"
            value={mark}
            onInput={(event) => replace(hrefWith({ mark: event.currentTarget.value || undefined }))}
          />
          <button
            type="button"
            class="button small"
            aria-pressed={wrap}
            onClick={() => navigate(hrefWith({ wrap: wrap ? undefined : "1" }))}
          >
            Wrap
          </button>
          <button
            type="button"
            class="button small"
            aria-pressed={atMs !== undefined}
            title="Go through the last 15 minutes"
            onClick={() => navigate(hrefWith({ at: atMs === undefined ? String(Date.now() - 60_000) : undefined }))}
          >
            Rewind
          </button>
        </span>
      </header>
      {atMs !== undefined ? (
        <Rewind
          names={columns.length > 0 && service === undefined ? columns : names}
          atMs={atMs}
          wrap={wrap}
          mark={mark}
        />
      ) : service === undefined && columns.length > 0 ? (
        <div class="beside" style={{ "--tails": columns.length }}>
          {columns.map((name) => (
            <Tail key={name} names={[name]} service={name} title={name} wrap={wrap} mark={mark} />
          ))}
        </div>
      ) : (
        <Tail key={service ?? ""} names={names} service={service} title="Tail" wrap={wrap} mark={mark} />
      )}
    </div>
  );
}

/** Which services stand side by side; none: all in one. */
function BesideChoice({ columns }: { columns: readonly string[] }) {
  const all = [...(services.value?.keys() ?? [])].sort();
  if (all.length < 2) return null;
  const choose = (next: readonly string[]) => navigate(hrefWith({ beside: next.join(",") || undefined }));
  return (
    <fieldset class="chips" aria-label="Side by side">
      <button type="button" class="chip" aria-pressed={columns.length === 0} onClick={() => choose([])}>
        together
      </button>
      {all.slice(0, MOST_BESIDE * 2).map((name) => (
        <button
          key={name}
          type="button"
          class="chip"
          aria-pressed={columns.includes(name)}
          title={`${name} in a tail of its own`}
          onClick={() => choose(columns.includes(name) ? columns.filter((one) => one !== name) : [...columns, name])}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
