import { ApiError } from "../errors.ts";
import type { Principal } from "./principal.ts";

/** Whether a service is one of these names or begins with one of these prefixes (`web-*`); no names are all services. */
export const isBoundTo = (services: readonly string[], service: string): boolean =>
  services.length === 0 ||
  services.some((bound) => (bound.endsWith("*") ? service.startsWith(bound.slice(0, -1)) : service === bound));

/** @throws ApiError forbidden */
export function checkMaySend({ services }: Principal, service: string): void {
  if (!isBoundTo(services, service)) throw new ApiError("forbidden", `this key may not send to ${service}`);
}

/** Whether an Origin header is one of these origins; `https://*.example.com` is every host below example.com. */
export function isOriginAllowed(origins: readonly string[], origin: string): boolean {
  return origins.some((allowed) => {
    const at = allowed.indexOf("://*.");
    if (at < 0) return allowed === origin;
    const scheme = allowed.slice(0, at + 3);
    return origin.startsWith(scheme) && origin.length > allowed.length - 1 && origin.endsWith(allowed.slice(at + 4));
  });
}

/** @throws ApiError forbidden */
export function checkBeaconOrigin({ origins }: Principal, origin: string | undefined): void {
  if (origin === undefined || !isOriginAllowed(origins, origin))
    throw new ApiError("forbidden", `this key may not be used from ${origin ?? "a request without Origin"}`);
}
