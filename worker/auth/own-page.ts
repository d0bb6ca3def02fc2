import { ApiError } from "../errors.ts";
import { ownOrigin } from "./own-origin.ts";

/**
 * Refuses requests that a page of another site made this browser send: a cookie goes along with those. What only reads is let
 * through where the browser says nothing of where it comes from; what changes something or opens a socket has to be known to be ours.
 *
 * Browsers send Sec-Fetch-Site to https and localhost, and Origin with every POST, PUT, DELETE and socket.
 *
 * @throws ApiError forbidden
 */
export function checkOwnPage(request: Request): void {
  const site = request.headers.get("Sec-Fetch-Site");
  if (site === "same-origin") return;
  const { isUpgrade, isSafe } = kindOf(request);
  // "none": the person typed the address or took a bookmark.
  if (site === "none" && isSafe && !isUpgrade) return;
  if (site === null) {
    const origin = request.headers.get("Origin");
    if (origin === null ? isSafe && !isUpgrade : origin === ownOrigin(request)) return;
  }
  throw new ApiError("forbidden", "the request comes from another site");
}

/** Whether a request asks without changing anything. */
function kindOf({ method, headers }: Request): { isSafe: boolean; isUpgrade: boolean } {
  return { isSafe: method === "GET" || method === "HEAD", isUpgrade: headers.has("Upgrade") };
}
