import { expect, it } from "vitest";
import { placeOf, servicePath } from "../../../dashboard/address/pages.ts";

it.each([
  ["/", "overview", undefined],
  ["/live", "live", undefined],
  ["/service/web", "service", "web"],
  ["/service/a%2Fb", "service", "a/b"],
  ["/service/%E0%A4%A", "service", "%E0%A4%A"],
  ["/service/", undefined, undefined],
  ["/query", "query", undefined],
  ["/settings", "settings", undefined],
  ["/nowhere", undefined, undefined],
])("%s shows the page %s", (path, page, service) => expect(placeOf(path)).toEqual({ page, service }));

it("finds a service by the address that it writes for it", () => {
  for (const service of ["web", "a.b-c_d", "0"]) expect(placeOf(servicePath(service)).service).toBe(service);
});
