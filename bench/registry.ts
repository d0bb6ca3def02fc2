import type { Figures } from "./figure.ts";
import { ingest } from "./ingest.ts";
import { live } from "./live.ts";
import { load } from "./load.ts";
import type { BenchOptions } from "./options.ts";
import { small } from "./small.ts";

export interface Bench {
  name: string;
  about: string;
  run: (figures: Figures, options: BenchOptions) => Promise<void>;
}

/** Benches of the running server. The parts have their own: `node bench/summary.ts` and its like. */
export const BENCHES: readonly Bench[] = [
  {
    name: "ingest",
    about:
      "until a million lines are in the database: --lines --batch 1000,5000 --connections 4 --mode start,dev --runs",
    run: ingest,
  },
  { name: "live", about: "from the send to the sight in a browser's page: --lines 200 --mode", run: live },
  { name: "small", about: "one line a request or message: --seconds 10 --mode", run: small },
  { name: "load", about: "ten services for some minutes: --minutes 5 --rate (all it takes) --mode", run: load },
];
