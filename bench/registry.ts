import { agree } from "./agree.ts";
import { backlog } from "./backlog.ts";
import { dashboard } from "./dashboard.ts";
import { exported } from "./export.ts";
import type { Figures } from "./figure.ts";
import { fuzz } from "./fuzz.ts";
import { ingest } from "./ingest.ts";
import { live } from "./live.ts";
import { load } from "./load.ts";
import { mutate } from "./mutate.ts";
import type { BenchOptions } from "./options.ts";
import { parsers } from "./parsers.ts";
import { peers } from "./peers.ts";
import { query } from "./query.ts";
import { segment } from "./segment.ts";
import { small } from "./small.ts";
import { watchers } from "./watchers.ts";
import { way } from "./way.ts";

export interface Bench {
  name: string;
  about: string;
  run: (figures: Figures, options: BenchOptions) => Promise<void>;
}

/** Benches of the running server and of the parsers. Other parts have their own: `node bench/summary.ts`. */
export const BENCHES: readonly Bench[] = [
  {
    name: "ingest",
    about:
      "until a million lines can be asked for: --lines --tiers hot,archive --batch 1000,5000 --connections 4 --mode start,dev --runs",
    run: ingest,
  },
  { name: "live", about: "from the send to the sight in a browser's page: --lines 200 --mode", run: live },
  {
    name: "dashboard",
    about:
      "frames, work and memory of pages under load, and what Lighthouse says: --minutes 10 --rate 2000 --watch /live,/ --lighthouse /,/explore (or none) --mode",
    run: dashboard,
  },
  {
    name: "query",
    about:
      "questions over archived and hot records, and what they take: --records 1000000,10000000 --tiers archived,hot --runs 9",
    run: query,
  },
  {
    name: "export",
    about:
      "files of millions of records, and the server's memory: --records 5000000 --tiers archived,hot --formats csv,ndjson,parquet",
    run: exported,
  },
  {
    name: "agree",
    about: "random filters in three ways: database, predicate, segment scan: --filters 10000 --seed",
    run: agree,
  },
  {
    name: "watchers",
    about: "a thousand live sockets with fifty filters: --watchers 1000 --rate 2000 --seconds 30 --mode",
    run: watchers,
  },
  { name: "segment", about: "Parquet written and searched, by processor time: --rows 50000 --runs 9", run: segment },
  { name: "small", about: "one line a request or message: --seconds 10 --mode", run: small },
  { name: "parsers", about: "cases of other projects' suites, and lines a second beside a ceiling", run: parsers },
  {
    name: "way",
    about:
      "each step of the way in, µs a line: --format combined,json --runtime node,workerd --lines 40000 --batch 1000 --rounds 9",
    run: way,
  },
  { name: "mutate", about: "a million changed lines: nothing thrown, nothing slow", run: mutate },
  { name: "fuzz", about: "random requests against every route: --minutes 10 --seed --mode", run: fuzz },
  {
    name: "backlog",
    about: "more lines at once than the database takes: --lines 3000000 --batch 5000 --slow 0 (ms of every question)",
    run: backlog,
  },
  {
    name: "peers",
    about:
      "other programs on the same lines, with ratios: --lines --runs 3 --peers goaccess,duckdb,… --scripts --write docs/benchmarks.md",
    run: peers,
  },
  {
    name: "load",
    about: "ten services for some minutes: --minutes 5 --rate (the highest that holds, max: all it takes) --mode",
    run: load,
  },
];
