/** A program that somebody would take instead. `<name>.mjs` in the folder of the scripts runs it. */
export interface Program {
  name: string;
  /** What npm installs for it, once, beside the lines. */
  packages?: string[];
  /** Without it there is nothing to measure: a binary of the path, or the variable that names one. */
  needs?: { binary: string; how: string } | { variable: string; how: string };
  /** For its script. */
  env?: Record<string, string>;
}

/** Parts of a run that have a figure in the table; rows that were parsed beforehand have none. */
const PART = "e2e,disk,query,live";

const apt = (binary: string, what: string) => ({ binary, how: `apt-get install ${what}` });

export const PROGRAMS: readonly Program[] = [
  { name: "duckdb", packages: ["@duckdb/node-api@1.5.6-r.1"] },
  { name: "clickhouse", needs: apt("clickhouse-server", "clickhouse-server"), env: { PART } },
  { name: "chdb", packages: ["chdb@3.4.0"] },
  {
    name: "seed",
    needs: apt(
      "/usr/lib/postgresql/15/bin/postgres",
      "postgresql-15 python3-psycopg2 python3-fastapi python3-uvicorn python3-uvloop python3-httptools python3-ua-parser python3-websockets",
    ),
    env: { PART },
  },
  // A run of it takes as long as three of another.
  { name: "goaccess", needs: apt("goaccess", "goaccess time"), packages: ["ws@8.23.0"], env: { REPS: "1" } },
  { name: "rsyslog", needs: apt("rsyslogd", "rsyslog") },
  { name: "sqlite", packages: ["better-sqlite3@12"], needs: apt("sqlite3", "sqlite3") },
  { name: "victorialogs", needs: { variable: "VLOGS_BIN", how: "set VLOGS_BIN to its binary" } },
  { name: "loki", needs: { variable: "LOKI_BIN", how: "set LOKI_BIN to its binary" } },
];

/** The scripts read user agents with it, as reference for all programs. */
export const PARSER_PACKAGE = "ua-parser-js@1.0.41";
