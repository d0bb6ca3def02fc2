/** Every page: its name, its address, and whether its title stands in the navigation. */
export const PAGES = [
  { name: "overview", path: "/", title: "Overview", inNavigation: true },
  { name: "live", path: "/live", title: "Live", inNavigation: true },
  { name: "explore", path: "/explore", title: "Explore", inNavigation: true },
  { name: "query", path: "/query", title: "Query", inNavigation: true },
  { name: "pipeline", path: "/pipeline", title: "Pipeline", inNavigation: true },
  { name: "settings", path: "/settings", title: "Settings", inNavigation: true },
  { name: "service", path: "/service/:name", title: "Service", inNavigation: false },
] as const;

/** Pages about everything there is: they have no service, range or filter of their own. */
export const WITHOUT_SCOPE: ReadonlySet<PageName> = new Set(["query", "pipeline", "settings"]);

export type PageName = (typeof PAGES)[number]["name"];

export interface Place {
  page: PageName | undefined;
  /** Of `/service/:name`. */
  service: string | undefined;
}

const SERVICE = "/service/";

/** Which page an address shows; none for an address that no page has. */
export function placeOf(path: string): Place {
  if (path.startsWith(SERVICE) && path.length > SERVICE.length) {
    return { page: "service", service: decode(path.slice(SERVICE.length)) };
  }
  return { page: PAGES.find((page) => page.path === path)?.name, service: undefined };
}

export const servicePath = (service: string): string => SERVICE + encodeURIComponent(service);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
