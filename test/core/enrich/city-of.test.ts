import { describe, expect, it } from "vitest";
import { bitsOfIp } from "../../../core/enrich/city/bits-of-ip.ts";
import { cityReader } from "../../../core/enrich/city-of.ts";
import { enrich } from "../../../core/enrich/pipeline.ts";
import { LogRecord } from "../../../core/record.ts";
import { DEFAULT_SETTINGS } from "../../../core/settings.ts";
import { cityTable } from "./city-table.ts";

const sourceOf = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
});

describe("cityReader", () => {
  it("tells city and country of addresses that were looked up", async () => {
    const reader = await cityReader(sourceOf(cityTable()));
    await reader!.lookUp(["203.0.113.9", "8.8.8.8", "192.168.0.1", "2001:db8::1", "web-1"]);
    expect(reader!.placeOf("203.0.113.9")).toEqual({ country: "CH", city: "Berne" });
    for (const ip of ["8.8.8.8", "192.168.0.1", "2001:db8::1", "web-1"]) {
      expect(reader!.placeOf(ip)).toEqual({ country: undefined, city: undefined });
    }
    expect(reader!.placeOf("203.0.113.10")).toBeUndefined();
  });

  it.each([
    ["an empty file", new Uint8Array()],
    ["another file", Uint8Array.from({ length: 5_000 }, (_, i) => i % 251)],
    ["metadata that is cut off", cityTable().slice(0, -20)],
  ])("refuses %s", async (_name, bytes) => {
    expect(await cityReader(sourceOf(bytes))).toBeUndefined();
  });
});

it("fills city and country of a record", () => {
  const record = Object.assign(new LogRecord(), { ip: "203.0.113.9" });
  enrich(record, {
    nowMs: 0,
    settings: DEFAULT_SETTINGS,
    countryOf: () => "DE",
    placeOf: () => ({ country: "CH", city: "Berne" }),
  });
  expect(record).toMatchObject({ city: "Berne", country: "CH" });
});

it.each([
  ["0.0.0.1", 32, 1],
  ["255.255.255.255", 32, 32],
  ["::1", 128, 1],
  ["2001:db8::", 128, 9],
  ["::ffff:1.0.0.0", 32, 1],
])("bitsOfIp %s has %i bits, %i of them set", (ip, length, set) => {
  const bits = bitsOfIp(ip)!;
  expect(bits).toHaveLength(length);
  expect(bits.reduce((sum, bit) => sum + bit, 0)).toBe(set);
});

it.each(["", "1.2.3", "1.2.3.256", "1.2.3.x", "1:2", "1::2::3", "g::1"])("bitsOfIp refuses %j", (text) => {
  expect(bitsOfIp(text)).toBeUndefined();
});
