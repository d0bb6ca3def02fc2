import fc from "fast-check";
import { bent, body } from "./bodies.ts";
import { header } from "./headers.ts";
import { nasty } from "./nasty.ts";
import type { Parameter, Target } from "./targets.ts";

/** A request that nobody would send who means well. */
export interface HostileRequest {
  method: string;
  /** Path and query. */
  address: string;
  headers: Record<string, string>;
  body: Uint8Array | undefined;
  /** The route that it is near to: `GET /api/logs`; undefined where it is near to none. */
  route?: string | undefined;
}

/** What is put together to a request: where it goes, and a body that the route might nearly take. */
interface Draft {
  method: string;
  address: string;
  fitting: Uint8Array;
  route?: string;
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];

const PLACES =
  ",/api,/ingest,/static,/beacon,/elastic,/otlp,/loki,/splunk,/datadog,/analytics,/journald,/gelf,/link,/logpush".split(
    ",",
  );

/** What a Latin-1 header and an address can carry of any text. */
const encoded = (value: string): string => encodeURIComponent(value.toWellFormed());

const textOf = ({ example }: Parameter): fc.Arbitrary<string> =>
  example === undefined
    ? nasty
    : fc.oneof({ weight: 3, arbitrary: fc.constant(example) }, { weight: 2, arbitrary: nasty });

/** The path with its parts filled in, and some of its questions. */
const addressNear = ({ path, parameters }: Target): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.record(Object.fromEntries(parameters.map((parameter) => [parameter.name, textOf(parameter)])), {
        requiredKeys: [],
      }),
      fc.option(fc.tuple(fc.constantFrom("key", "dry", "x"), nasty), { nil: undefined, freq: 2 }),
      nasty,
    )
    .map(([values, more, other]) => {
      const isIn = (place: string): Parameter[] =>
        parameters.filter((parameter) => parameter.in === place && values[parameter.name] !== undefined);
      let filled = path;
      for (const { name } of isIn("path")) filled = filled.replace(`{${name}}`, () => encoded(values[name]!));
      filled = filled.replace(/\{[^}]+\}/g, () => encoded(other));
      const search = isIn("query").map(({ name }) => `${encoded(name)}=${encoded(values[name]!)}`);
      if (more) search.push(`${more[0]}=${encoded(more[1])}`);
      return search.length === 0 ? filled : `${filled}?${search.join("&")}`;
    });

/** A request that nearly fits this route: most often its method, its own example with one thing changed. */
const near = (target: Target): fc.Arbitrary<Draft> =>
  fc.record({
    method: fc.oneof(
      { weight: 8, arbitrary: fc.constant(target.method) },
      { weight: 2, arbitrary: fc.constantFrom(...METHODS) },
    ),
    address: addressNear(target),
    fitting: bent(target.body),
    route: fc.constant(`${target.method} ${target.path}`),
  });

/** A request to where there may be nothing. */
const far: fc.Arbitrary<Draft> = fc.record({
  method: fc.constantFrom(...METHODS),
  address: fc
    .tuple(fc.constantFrom(...PLACES), fc.array(nasty, { maxLength: 4 }))
    .map(([start, parts]) => `${start}/${parts.map(encoded).join("/")}`),
  fitting: body,
});

const dressed = (draft: fc.Arbitrary<Draft>): fc.Arbitrary<HostileRequest> =>
  fc
    .tuple(draft, fc.array(header, { maxLength: 3 }), fc.option(body, { nil: undefined, freq: 4 }), fc.boolean())
    .map(([{ method, address, fitting, route }, headers, given, isFitting]) => ({
      method,
      address,
      headers: { "Content-Type": "application/json", ...Object.fromEntries(headers) },
      body: method === "GET" || method === "HEAD" ? undefined : isFitting ? fitting : given,
      ...(route === undefined ? {} : { route }),
    }));

/** A random request, most often one that nearly fits some route. */
export const hostileRequests = (targets: readonly Target[]): fc.Arbitrary<HostileRequest> =>
  dressed(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...targets).chain(near) }, { weight: 1, arbitrary: far }));

/** One request near to each route, in their order: so that none is left to chance. */
export const hostileRound = (targets: readonly Target[]): fc.Arbitrary<HostileRequest[]> =>
  fc.tuple(...targets.map((target) => dressed(near(target))));
