/** What a field holds, and so what may stand after its colon. */
export type FieldKind = "text" | "number" | "level" | "time" | "ip" | "flags";

export interface FieldInfo {
  kind: FieldKind;
  /** One line for a person who types. */
  about: string;
}

/** Every field that a filter can name, in the order in which they are offered. The names are those of the API. */
export const FIELDS = {
  level: { kind: "level", about: "severity: trace, debug, info, warn, error, fatal" },
  service: { kind: "text", about: "who sent it" },
  status: { kind: "number", about: "HTTP status: 404, 5xx, >=500" },
  path: { kind: "text", about: "path as requested, with its query string" },
  method: { kind: "text", about: "HTTP method" },
  ip: { kind: "ip", about: "client address: 10.0.0.1, 10.0.0.0/8" },
  message: { kind: "text", about: "the message; of an access line the request line" },
  time: { kind: "time", about: "when: >-15m, 2026-11-22, [-2h TO -1h]" },
  durationMs: { kind: "number", about: "response time in milliseconds" },
  bytes: { kind: "number", about: "size of the response body" },
  pathTemplate: { kind: "text", about: "path with its variable parts named: /items/:id" },
  country: { kind: "text", about: "country of the client, two letters" },
  city: { kind: "text", about: "city of the client, where the sender gave it" },
  browser: { kind: "text", about: "name of the browser" },
  os: { kind: "text", about: "operating system" },
  device: { kind: "text", about: "desktop, mobile, tablet, bot, tv, console, wearable, embedded" },
  bot: { kind: "text", about: "name of the crawler or program" },
  userAgent: { kind: "text", about: "user agent as sent" },
  referrer: { kind: "text", about: "page that linked here" },
  protocol: { kind: "text", about: "HTTP/1.1, HTTP/2.0" },
  host: { kind: "text", about: "machine or virtual host" },
  app: { kind: "text", about: "program that wrote the line" },
  pid: { kind: "text", about: "process id" },
  event: { kind: "text", about: "name of the event" },
  user: { kind: "text", about: "signed-in user, as the server logged it" },
  userId: { kind: "text", about: "id of the user" },
  sessionId: { kind: "text", about: "id of the session" },
  traceId: { kind: "text", about: "id of the trace" },
  spanId: { kind: "text", about: "id of the span" },
  parser: { kind: "text", about: "parser that took the line" },
  flags: { kind: "flags", about: "what happened on the way in: late, cut, redacted, …" },
  raw: { kind: "text", about: "line as received, where the fields do not give it back" },
} as const satisfies Record<string, FieldInfo>;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

/** The parts of an attribute's name: `attrs.a.b` is `["a", "b"]`. */
export interface Attribute {
  attribute: string[];
}

export type Field = FieldName | Attribute;

/** Nesting in a record ends there too. */
export const MAX_ATTRIBUTE_PARTS = 8;

export const toSnakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const FIELD_OF_NAME = new Map<string, FieldName>();
for (const name of FIELD_NAMES) FIELD_OF_NAME.set(name, name).set(toSnakeCase(name), name);

/** The field of that name, written `durationMs` or `duration_ms`; undefined where a record has none such. */
export const fieldNamed = (name: string): FieldName | undefined => FIELD_OF_NAME.get(name);

export const isAttribute = (field: Field): field is Attribute => typeof field !== "string";

/** What a field holds; attributes hold any type and answer `undefined`. */
export const kindOf = (field: Field): FieldKind | undefined => (isAttribute(field) ? undefined : FIELDS[field].kind);
