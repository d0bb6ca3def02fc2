import { describe, expect, it } from "vitest";
import { ask } from "./ask.ts";

const headersOf = async (path: string): Promise<Headers> => (await ask(path)).headers;

describe.each(["/", "/api/services", "/api/none", "/healthz", "/ingest/web", "/beacon/shop"])("%s", (path) => {
  it("carries a policy without inline script or style, and with nothing allowed by default", async () => {
    const policy = (await headersOf(path)).get("Content-Security-Policy")!;
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe|\*|https?:|blob:/);
    for (const directive of ["script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"])
      expect(policy).toContain(directive);
  });

  it("is neither sniffed, nor framed, nor referred to", async () => {
    const headers = await headersOf(path);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("X-Frame-Options")).toBe("DENY");
    expect(headers.get("Referrer-Policy")).toBe("same-origin");
    expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
    expect(headers.get("Permissions-Policy")).toContain("camera=()");
    expect(headers.get("Server")).toBeNull();
    expect(headers.get("X-Powered-By")).toBeNull();
  });

  it("asks for https for two years where it came by https", async () => {
    const secure = await ask(new URL(path, "https://weir.test").href);
    expect(secure.headers.get("Strict-Transport-Security")).toBe("max-age=63072000");
    expect((await headersOf(path)).get("Strict-Transport-Security")).toBeNull();
  });
});

it("lets the page of the API description have the style that it carries, and no other", async () => {
  const page = await ask("/docs");
  const style = /<style>([\s\S]*?)<\/style>/.exec(await page.text())![1]!;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style)));
  const policy = page.headers.get("Content-Security-Policy")!;
  expect(policy).toContain(`style-src 'self' 'sha256-${btoa(String.fromCharCode(...digest))}';`);
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toContain("unsafe");
});

it.each([
  ["/api/services", "no-store"],
  ["/api/none", "no-store"],
  ["/", "no-cache"],
])("%s is cached as %s", async (path, value) => {
  expect((await headersOf(path)).get("Cache-Control")).toBe(value);
});

it.each([
  ["/api/services", "same-origin"],
  ["/", "same-origin"],
  ["/beacon.js", "cross-origin"],
  ["/beacon/shop", "cross-origin"],
  ["/beaconing", "same-origin"],
])("%s may be read by %s", async (path, value) => {
  expect((await headersOf(path)).get("Cross-Origin-Resource-Policy")).toBe(value);
});
