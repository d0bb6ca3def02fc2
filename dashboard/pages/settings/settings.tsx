import "./settings.css";
import { address, hrefWith } from "../../address/address.ts";
import { services } from "../../live/overview-feed.ts";
import { Empty } from "../../panels/answered.tsx";
import { Audit } from "./audit.tsx";
import { Keys } from "./keys.tsx";
import { Marks } from "./marks.tsx";
import { ServiceForm } from "./service/service-form.tsx";

const TABS = [
  { name: "services", title: "Services" },
  { name: "keys", title: "Keys" },
  { name: "marks", title: "Marks" },
  { name: "audit", title: "Audit" },
] as const;

/** What a person decides: how services are read and kept, who may do what, and who did. */
export function Settings() {
  const tab = address.value.query.get("tab") ?? "services";
  return (
    <div class="settings">
      <div class="page-title">
        <h1>Settings</h1>
        <nav class="chips" aria-label="Settings">
          {TABS.map(({ name, title }) => (
            <a
              key={name}
              class="chip"
              href={hrefWith({ tab: name === "services" ? undefined : name })}
              aria-current={tab === name ? "page" : undefined}
            >
              {title}
            </a>
          ))}
        </nav>
      </div>
      {tab === "keys" ? <Keys /> : tab === "marks" ? <Marks /> : tab === "audit" ? <Audit /> : <Services />}
    </div>
  );
}

function Services() {
  const names = [...(services.value?.keys() ?? [])].sort();
  const chosen = address.value.query.get("service") ?? names[0];
  if (chosen === undefined)
    return (
      <Empty>
        A service is there from its first line on. None has sent one yet.{" "}
        <a class="link" href="/">
          Send one
        </a>
      </Empty>
    );
  return (
    <div class="settings-services">
      <nav class="panel settings-list" aria-label="Services">
        {names.map((name) => (
          <a
            key={name}
            class="settings-link"
            href={hrefWith({ service: name })}
            aria-current={name === chosen ? "page" : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <ServiceForm service={chosen} />
    </div>
  );
}
