import { beforeAll, expect, it, vi } from "vitest";

let address: typeof import("../../../dashboard/address/address.ts");

beforeAll(async () => {
  vi.stubGlobal("location", {
    pathname: "/explore",
    search: "?service=web&range=1h&q=level:error&columns=status&record=web/0/1@5",
  });
  address = await import("../../../dashboard/address/address.ts");
});

it("takes the service, range and filter along to another page, and nothing that is open here", () => {
  expect(address.hrefOfPage("/live")).toBe("/live?service=web&range=1h&q=level:error");
  expect(address.hrefOfPage("/service/shop", { service: undefined })).toBe("/service/shop?range=1h&q=level:error");
});

it("keeps everything on the same page, but for what is changed", () => {
  expect(address.hrefWith({ record: undefined })).toBe("/explore?service=web&range=1h&q=level:error&columns=status");
});
