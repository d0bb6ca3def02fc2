import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { templateOf } from "../../../core/enrich/template-of.ts";

describe("templateOf names", () => {
  it.each([
    ["/items/123?x=1", "/items/:id"],
    ["/", "/"],
    ["", ""],
    ["/about/us", "/about/us"],
    ["/api/v2/users/42/orders/7", "/api/v2/users/:id/orders/:id"],
    ["/u/0f8fad5b-d9cb-469f-a165-70867728950e", "/u/:uuid"],
    ["/commits/9fceb02d0ae598e95dc970b74767f19372d61af8", "/commits/:hash"],
    ["/objects/507f1f77bcf86cd799439011/edit", "/objects/:hash/edit"],
    ["/o/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/o/:hash"],
    ["/report/2026-11-22", "/report/:date"],
    ["/report/2026-11", "/report/:date"],
    ["/blog/2015/05/17/title", "/blog/:id/:id/:id/title"],
    ["/pages/17.html", "/pages/:id.html"],
    ["/static/main.4f3a2b1c.js", "/static/main.:hash.js"],
    ["/images/jquery-1.9.1.min.js", "/images/jquery-1.9.1.min.js"],
    ["/docs/1.2.3/index.html", "/docs/1.2.3/index.html"],
    ["/how-to-do-2-things-at-once-in-2026", "/how-to-do-2-things-at-once-in-2026"],
    ["/users/ann@example.com", "/users/:email"],
    ["/a;jsessionid=8F3E/b", "/a"],
    ["/page#part", "/page"],
    ["//double//1", "//double//:id"],
    ["/compare/1,2,3", "/compare/:id"],
  ])("%s → %s", (path, template) => {
    expect(templateOf(path)).toBe(template);
  });
});

it("changes nothing when applied to its own answer", () => {
  const segment = fc.oneof(
    fc.nat().map(String),
    fc.uuid(),
    fc.string({ maxLength: 12 }),
    fc.constantFrom("items", "v1", "a.js"),
  );
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
      const template = templateOf(`/${segments.join("/")}`);
      expect(templateOf(template)).toBe(template);
    }),
  );
});

it("keeps the template of a long path short", () => {
  expect(templateOf(`/${"a/".repeat(10_000)}`).length).toBeLessThanOrEqual(512);
});
