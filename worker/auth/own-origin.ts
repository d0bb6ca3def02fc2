/**
 * Whether the browser came by https: to us, or to a proxy before us that says so. No page can make a browser say so by itself:
 * a header of that name needs our leave first, and a socket has none.
 */
export const isHttps = (request: Request): boolean =>
  request.url.startsWith("https:") || request.headers.get("X-Forwarded-Proto") === "https";

/** The origin of our own pages, as the browser that asks sees it. */
export function ownOrigin(request: Request): string {
  const { host, origin } = new URL(request.url);
  return isHttps(request) ? `https://${host}` : origin;
}
