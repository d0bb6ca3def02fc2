import { beforeAll, describe, expect, it } from "vitest";
import { CITY_TABLE, cityLookup } from "../../worker/geo/city-lookup.ts";
import { cityTable } from "../core/enrich/city-table.ts";
import { bindings, json, post } from "./ask.ts";

const LINE = '203.0.113.9 - - [22/Nov/2026:06:00:00 +0000] "GET / HTTP/1.1" 200 5';

describe("a table of cities in the archive's bucket", () => {
  beforeAll(async () => {
    await bindings.ARCHIVE.put(CITY_TABLE, cityTable());
  });

  it("gives records their city", async () => {
    expect(await json(post("/ingest/cities?dry=1", LINE))).toMatchObject({
      records: [{ ip: "203.0.113.9", city: "Berne", country: "CH" }],
    });
  });

  it("is noticed when it is replaced, spoilt and removed", async () => {
    const startMs = Date.now();
    const afterMinutes = (minutes: number) => cityLookup(bindings, startMs + minutes * 60_000);
    const first = await afterMinutes(10);
    expect(first).toBeDefined();
    expect(await afterMinutes(20)).toBe(first);
    await bindings.ARCHIVE.put(CITY_TABLE, "no table");
    expect(await afterMinutes(30)).toBeUndefined();
    await bindings.ARCHIVE.delete(CITY_TABLE);
    expect(await afterMinutes(40)).toBeUndefined();
  });
});
