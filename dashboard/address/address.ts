import { signal } from "@preact/signals";

/** Where the page is: the only place that its state is kept, so that a link shows the same to another person. */
interface Address {
  path: string;
  query: URLSearchParams;
}

const read = (): Address => ({ path: location.pathname, query: new URLSearchParams(location.search) });

export const address = signal(read());

/** An address of this page with some parts of its query changed; `undefined` takes a part out. */
export function hrefWith(changes: Record<string, string | undefined>, path = address.value.path): string {
  const query = new URLSearchParams(address.value.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  // Readable: these stand unescaped in a query as well.
  const text = query.toString().replace(/%3A/g, ":").replace(/%2F/g, "/").replace(/%2C/g, ",");
  return text === "" ? path : `${path}?${text}`;
}

/** What goes along to another page: what it is about, not what is open or chosen on this one. */
const ALONG = ["service", "range", "q", "compare"];

/** The address of another page about the same, with some parts changed. */
export function hrefOfPage(path: string, changes: Record<string, string | undefined> = {}): string {
  const left = [...address.value.query.keys()].filter((name) => !ALONG.includes(name));
  return hrefWith({ ...Object.fromEntries(left.map((name) => [name, undefined])), ...changes }, path);
}

export function navigate(href: string): void {
  history.pushState(null, "", href);
  address.value = read();
}

/** The same place by another name: nothing to go back to. */
export function replace(href: string): void {
  history.replaceState(null, "", href);
  address.value = read();
}

/** Takes over clicks on links of this origin, and the back and forward buttons. Called once. */
export function listenToNavigation(): void {
  addEventListener("popstate", () => {
    address.value = read();
  });
  document.addEventListener("click", (event) => {
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !isPlain) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.origin !== location.origin || link.target || link.hash || link.hasAttribute("download")) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}
