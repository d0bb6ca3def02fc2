import { useState } from "preact/hooks";
import type { Scope } from "../../api/questions.ts";
import { Countries } from "../../panels/countries.tsx";
import { TopList } from "../../panels/top-list.tsx";

const FACETS = [
  { title: "Levels", dimension: "level" },
  { title: "Statuses", dimension: "status" },
  { title: "Methods", dimension: "method" },
  { title: "Events", dimension: "event" },
] as const;

/** Counted only once somebody asks for them: each is a question of its own. */
const MORE = [
  { title: "Paths", dimension: "path" },
  { title: "Addresses", dimension: "ip" },
  { title: "Browsers", dimension: "browser" },
  { title: "Systems", dimension: "os" },
  { title: "Devices", dimension: "device" },
  { title: "Bots", dimension: "bot" },
  { title: "Referrers", dimension: "referrer" },
] as const;

/** Of what kinds the records are, with counts; a click on a value filters by it. */
export function Facets({ scope }: { scope: Scope }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  return (
    <aside class="facets" aria-label="Kinds of records">
      {FACETS.map(({ title, dimension }) => (
        <TopList key={dimension} title={title} dimension={dimension} limit={6} scope={scope} />
      ))}
      <Countries scope={scope} limit={6} />
      {MORE.filter(({ dimension }) => opened.has(dimension)).map(({ title, dimension }) => (
        <TopList
          key={dimension}
          title={title}
          dimension={dimension}
          limit={8}
          scope={scope}
          empty="No record in this range has one."
        />
      ))}
      <div class="more-facets">
        {MORE.filter(({ dimension }) => !opened.has(dimension)).map(({ title, dimension }) => (
          <button
            key={dimension}
            type="button"
            class="button small"
            onClick={() => setOpened(new Set([...opened, dimension]))}
          >
            {title}
          </button>
        ))}
      </div>
    </aside>
  );
}
