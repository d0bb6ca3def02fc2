import type { RouterRoute } from "hono/types";

let routes: readonly Pick<RouterRoute, "method" | "path">[] = [];

/** Told once, when all routes are there. */
export function knowRoutes(known: readonly Pick<RouterRoute, "method" | "path">[]): void {
  // `*` is what answers where there is no route.
  routes = known.filter(({ method, path }) => method !== "ALL" && !path.endsWith("*"));
}

/** The methods that an address takes, in order of the alphabet; none where there is no such address. */
export function allowedMethods(pathname: string): string[] {
  const methods = new Set(routes.filter(({ path }) => isAt(path, pathname)).map(({ method }) => method));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods].sort();
}

function isAt(path: string, pathname: string): boolean {
  const [expected, given] = [path.split("/"), pathname.split("/")];
  return (
    expected.length === given.length &&
    expected.every((part, at) => (part.startsWith(":") ? given[at] !== "" : part === given[at]))
  );
}
