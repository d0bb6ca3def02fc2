import { expect, it } from "vitest";
import { clientAddress } from "../../../worker/auth/client-address.ts";

it.each([
  ["203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:1::1", "2001:db8:1:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::", "fe80:0:0:0::/64"],
])("counts %s as %s", (ip, address) => {
  expect(clientAddress(new Request("http://weir.test", { headers: { "CF-Connecting-IP": ip } }))).toBe(address);
});
