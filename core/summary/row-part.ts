import type { AgentCells } from "../delivery/pack-text.ts";
import { type Cell, ROW_COLUMNS } from "../row.ts";
import { COUNTED, type Counted } from "./dimensions.ts";
import { HeavyHitters } from "./heavy-hitters.ts";
import { addStatus, emptySummary, QUESTION_CAPACITY, type Summary, UNKNOWN_LEVEL } from "./summary.ts";
import { textHash } from "./text-hash.ts";

/** Cells in the order of ROW_COLUMNS; those missing at the end are null. */
export type Row = readonly (Cell | undefined)[];
type Text = string | null | undefined;
type Figure = number | null | undefined;

const cellOf = (name: (typeof ROW_COLUMNS)[number]): number => ROW_COLUMNS.indexOf(name);
const LEVEL = cellOf("level");
const STATUS = cellOf("status");
const METHOD = cellOf("method");
const PATH = cellOf("path");
const BYTES = cellOf("bytes");
const IP = cellOf("ip");
const AGENT = cellOf("ua_id");
const COUNTRY = cellOf("country");
const DURATION = cellOf("duration_ms");
const TEMPLATE = cellOf("path_template");
const REFERRER = cellOf("referrer");
const HOST = cellOf("host");
const APP = cellOf("app");
const USER = cellOf("user");
const EVENT = cellOf("event");
const REST = cellOf("rest");

/** What a user agent tells, and in which of the AgentCells. */
const OF_AGENT = [
  ["browser", 2],
  ["os", 3],
  ["device", 4],
  ["bot", 5],
] as const;

/** What `rest` may hold that is counted. */
type Rest = Partial<Record<"userId" | (typeof OF_AGENT)[number][0], string>>;

/** HTTP statuses end before this one. */
const STATUSES = 600;

/**
 * Statistics of rows in the making: what `addRecord` makes of their records, with one look-up a value. What most rows have in
 * common (a path that is its own template, a user agent) is counted once for all of them, by `finish`.
 */
export class RowPart {
  readonly #summary: Summary;
  readonly #values: HeavyHitters[];
  readonly #paths: HeavyHitters;
  readonly #templates: HeavyHitters;
  readonly #ips: HeavyHitters;
  readonly #methods: HeavyHitters;
  readonly #countries: HeavyHitters;
  readonly #referrers: HeavyHitters;
  readonly #hosts: HeavyHitters;
  readonly #apps: HeavyHitters;
  readonly #events: HeavyHitters;
  readonly #statuses = new Uint32Array(STATUSES);
  /** Rows by the number of their user agent. */
  readonly #agents = new Map<number, { rows: number }>();

  /** @param summary finished, to go on with; it changes */
  constructor(summary = emptySummary()) {
    this.#summary = summary;
    this.#values = summary.values.map((values) => values ?? new HeavyHitters());
    this.#paths = this.#of("path");
    this.#templates = this.#of("pathTemplate");
    this.#ips = this.#of("ip");
    this.#methods = this.#of("method");
    this.#countries = this.#of("country");
    this.#referrers = this.#of("referrer");
    this.#hosts = this.#of("host");
    this.#apps = this.#of("app");
    this.#events = this.#of("event");
    for (const path of this.#paths.tallies.values()) path.templated = path.count;
  }

  add(row: Row): void {
    const summary = this.#summary;
    summary.count++;
    summary.levels[(row[LEVEL] as Figure) ?? UNKNOWN_LEVEL]!++;
    const status = row[STATUS] as Figure;
    if (status != null) {
      if (status >= 100 && status < STATUSES && Number.isInteger(status)) this.#statuses[status]!++;
      else addStatus(summary, status);
    }
    const bytes = row[BYTES] as Figure;
    if (bytes != null && bytes > 0) summary.bytes += bytes;
    const durationMs = row[DURATION] as Figure;
    if (durationMs != null) summary.durations.add(durationMs);
    const ip = row[IP] as Text;
    if (ip != null) this.#addIp(ip);
    this.#addPath(row[PATH] as Text, row[TEMPLATE] as Text);
    const agent = row[AGENT] as Figure;
    if (agent != null) this.#addAgent(agent);
    const method = row[METHOD] as Text;
    if (method != null) this.#methods.addRepeated(method);
    const country = row[COUNTRY] as Text;
    if (country != null) this.#countries.addRepeated(country);
    const referrer = row[REFERRER] as Text;
    if (referrer != null) this.#referrers.addRepeated(referrer);
    const host = row[HOST] as Text;
    if (host != null) this.#hosts.addRepeated(host);
    const app = row[APP] as Text;
    if (app != null) this.#apps.addRepeated(app);
    const event = row[EVENT] as Text;
    if (event != null) this.#events.addRepeated(event);
    const rest = row[REST] as Text;
    const user = (rest == null ? undefined : this.#addRest(rest)) ?? (row[USER] as Text);
    if (user != null) summary.users.add(textHash(user));
  }

  /** Follows no more values than an answer does: any number of rows may be counted together. */
  shorten(): void {
    this.#countTemplates();
    for (const values of this.#values) if (values.tallies.size > 2 * QUESTION_CAPACITY) values.cut(QUESTION_CAPACITY);
  }

  /** @param agents what the user agents of its rows are */
  finish(agents: ReadonlyMap<number, AgentCells>): Summary {
    const summary = this.#summary;
    for (let status = 0; status < STATUSES; status++)
      if (this.#statuses[status]! > 0) addStatus(summary, status, this.#statuses[status]);
    this.#countTemplates();
    for (const [id, { rows }] of this.#agents)
      for (const [name, cell] of OF_AGENT) {
        const value = agents.get(id)?.[cell];
        if (value != null) this.#of(name).add(value, rows);
      }
    summary.values = this.#values.map((values) => (values.total > 0 ? values : undefined));
    return summary;
  }

  #of(name: Counted): HeavyHitters {
    return this.#values[COUNTED.indexOf(name)]!;
  }

  #addIp(ip: string): void {
    const tally = this.#ips.add(ip);
    // What was followed before is in the sketch already.
    if (tally === undefined || tally.count === 1) this.#summary.ips.add(textHash(ip));
  }

  /** A template is only given where it is not the path. */
  #addPath(path: Text, template: Text): void {
    if (path == null) {
      if (template != null) this.#templates.add(template);
      return;
    }
    const tally = this.#paths.add(path);
    if (template != null) {
      this.#templates.add(template);
      if (tally) tally.templated++;
    } else if (!tally) this.#templates.add(path);
  }

  #addAgent(id: number): void {
    const known = this.#agents.get(id);
    if (known) known.rows++;
    else this.#agents.set(id, { rows: 1 });
  }

  /** Returns the user's id. */
  #addRest(text: string): string | undefined {
    const rest = JSON.parse(text) as Rest;
    for (const [name] of OF_AGENT) if (rest[name] !== undefined) this.#of(name).add(rest[name]);
    return rest.userId;
  }

  /** Of the paths that are their own templates. */
  #countTemplates(): void {
    for (const path of this.#paths.tallies.values()) {
      if (path.count > path.templated) this.#templates.add(path.value, path.count - path.templated);
      path.templated = path.count;
    }
  }
}
