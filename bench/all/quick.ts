/** What `npm run bench -- --quick` gives each bench instead of its defaults: minutes instead of an hour. Who is not named is quick as it is. */
export const QUICK: Readonly<Record<string, readonly string[]>> = {
  ingest: ["--lines", "200000", "--batch", "5000"],
  live: ["--lines", "40"],
  dashboard: ["--minutes", "1", "--lighthouse", "none"],
  query: ["--records", "200000", "--runs", "3"],
  agree: ["--filters", "500"],
  watchers: ["--watchers", "200", "--rate", "500", "--seconds", "15"],
  segment: ["--runs", "3"],
  small: ["--seconds", "3"],
  way: ["--format", "combined", "--runtime", "node", "--rounds", "3"],
  fuzz: ["--minutes", "1"],
  peers: ["--lines", "100000", "--runs", "1"],
  load: ["--minutes", "1"],
};
