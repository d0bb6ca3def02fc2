import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../env.ts";

/** A request that works on a fresh installation to which `web` has sent; a test replays every one. */
export interface Example {
  /** Values of the path's parameters. `$.id` takes `id` of the answer to the operation named by `after`. */
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** An object goes as JSON, a text as it is. */
  body?: unknown;
  /** An operation whose own example has to be asked before: `POST /api/keys`. */
  after?: string;
}

/** What the API description says of one route beside what its schemas say. */
export interface Description {
  /** One line. */
  summary: string;
  /** The heading it stands under. */
  tag: Tag;
  /** What the parameters of the path are. */
  params?: Record<string, string>;
  example?: Example;
  /** The status of a good answer; 200 unless said. */
  status?: number;
  /** The media type of a good answer; JSON unless said. */
  type?: string;
  /** A good answer, shortened: the real one has at least these keys, with values of these types. */
  answer?: unknown;
  /** Needs no key. */
  isPublic?: boolean;
  /** A WebSocket: described, and not replayed. */
  isSocket?: boolean;
}

/** In the order in which they are shown. */
export const TAGS = ["Send", "Ask", "Live", "Services", "Pipeline", "Keys and people", "Operations"] as const;
export type Tag = (typeof TAGS)[number];

const DESCRIPTIONS = new WeakMap<object, Description>();

/**
 * Describes the route that it stands in: `.get("/", describe({ tag: "Ask", summary: "…", example: {} }), validQuery(query), handler)`.
 * Parameters and bodies need no words here: they are read from the schemas of validQuery and validJson.
 */
export function describe(description: Description): MiddlewareHandler<AppEnv> {
  const pass: MiddlewareHandler<AppEnv> = (_c, next) => next();
  DESCRIPTIONS.set(pass, description);
  return pass;
}

export const descriptionOf = (handler: object): Description | undefined => DESCRIPTIONS.get(handler);
