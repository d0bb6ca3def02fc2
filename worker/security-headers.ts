import { createMiddleware } from "hono/factory";
import { isHttps } from "./auth/own-origin.ts";
import type { AppEnv } from "./env.ts";

/** Nothing but what this origin serves; no inline script or style. Sizes that Preact and uPlot set go through the DOM, not through text. */
const policyOf = (styles: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join("; ");

/** For the one page that carries its style in itself: the hash of that very text is allowed beside. */
export const policyWithStyle = (sha256: string): string => policyOf(`'self' 'sha256-${sha256}'`);

/** A page that was opened gets no more of the device than it needs to show figures. */
const DENIED_FEATURES = [
  "accelerometer",
  "browsing-topics",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
];

const POLICY = policyOf("'self'");

const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Origin-Agent-Cluster": "?1",
  "X-Permitted-Cross-Domain-Policies": "none",
  "Permissions-Policy": DENIED_FEATURES.map((feature) => `${feature}=()`).join(", "),
};

/** Two years, as the preload list asks for; subdomains are somebody else's to decide. */
const HSTS = "max-age=63072000";

/** What pages of other sites include: the beacon's script, and where it sends to. */
const FOR_OTHER_SITES = /^\/beacon(?:\.js$|\/|$)/;

/** On every answer. An upgraded socket has no headers to set. */
export const securityHeaders = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  if (c.res.status === 101) return;
  const { headers } = c.res;
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", POLICY);
  headers.set("Cross-Origin-Resource-Policy", FOR_OTHER_SITES.test(c.req.path) ? "cross-origin" : "same-origin");
  if (isHttps(c.req.raw)) headers.set("Strict-Transport-Security", HSTS);
  // Answers hold what was logged: no cache on the way, and none of the browser, keeps them.
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  headers.set("X-Request-Id", c.var.requestId);
});
