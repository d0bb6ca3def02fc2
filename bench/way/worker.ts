import { countryReader } from "../../core/enrich/country-of.ts";
import { batchOf, STEPS, type WayContext } from "./steps.ts";

let context: WayContext | undefined;
let bodies: Uint8Array[] = [];

/**
 * The steps inside workerd, whose clock stands still while code runs: whoever asks has to take the time.
 *
 * `POST /table` gives the country table, `POST /bodies` all bodies with their lengths in the header `lengths`,
 * `GET /run/3` does the first three steps for each body.
 */
export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/table") {
      const countryOf = countryReader(new Uint8Array(await request.arrayBuffer()));
      context = { nowMs: Date.now(), countryOf };
    } else if (pathname === "/bodies") {
      const all = new Uint8Array(await request.arrayBuffer());
      const lengths = request.headers.get("lengths")!.split(",").map(Number);
      bodies = [];
      for (let from = 0; bodies.length < lengths.length; from += bodies.at(-1)!.length) {
        bodies.push(all.subarray(from, from + lengths[bodies.length]!));
      }
    } else {
      const steps = STEPS.slice(0, Number(pathname.slice(5)));
      for (const body of bodies) {
        const batch = batchOf(body);
        for (const step of steps) step.run(batch, context!);
      }
    }
    return new Response(null);
  },
};
