import { validator } from "hono/validator";
import * as v from "valibot";
import { ApiError, type Issue } from "./errors.ts";

type ObjectSchema = v.GenericSchema<Record<string, unknown>, unknown>;

/** What a route takes, for its description. */
export interface ValidatedSchema {
  target: "query" | "json";
  schema: ObjectSchema;
}

const SCHEMAS = new WeakMap<object, ValidatedSchema>();

export const schemaOf = (handler: object): ValidatedSchema | undefined => SCHEMAS.get(handler);

function known<Handler extends object>(handler: Handler, schema: ValidatedSchema): Handler {
  SCHEMAS.set(handler, schema);
  return handler;
}

function valid<Schema extends ObjectSchema>(schema: Schema, raw: unknown, what: string): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, raw);
  if (parsed.success) return parsed.output;
  const issues = parsed.issues.map((issue) => ({ path: v.getDotPath(issue) ?? "", message: wordsOf(issue) }));
  throw notValid(what, issues);
}

const notValid = (what: string, issues: Issue[]): ApiError =>
  new ApiError(
    "invalid_request",
    `${what} is not valid: ${issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ")}`,
    { issues },
  );

/** What people say elsewhere for what is asked here. Left alone, a filter that nobody reads would find everything. */
const OTHER_NAMES: Record<string, readonly string[]> = {
  q: ["query", "filter", "search"],
  from: ["start", "begin", "since"],
  to: ["end", "until"],
  limit: ["size", "per_page"],
  cursor: ["offset", "page"],
  order: ["sort"],
  step: ["interval"],
  groupBy: ["group_by", "groupby", "by"],
};

/** @throws ApiError invalid_request for a parameter that a question has under another name */
function checkNames(schema: ObjectSchema, raw: Record<string, unknown>): void {
  const known = (schema as { entries?: Record<string, unknown> }).entries ?? {};
  const issues = Object.entries(OTHER_NAMES).flatMap(([name, others]) =>
    others
      .filter((other) => name in known && other in raw && !(other in known))
      .map((other) => ({ path: other, message: `is called ${name} here` })),
  );
  if (issues.length > 0) throw notValid("the query string", issues);
}

/** Keys that are missing or too many, numbers that are none, in words of one who sent them; everything else in the schema's own. */
function wordsOf(issue: v.BaseIssue<unknown>): string {
  const { kind, type, requirement, received, expected, message } = issue;
  if (kind === "validation" && message.startsWith("Invalid ")) {
    if (type === "digits") return "has to be a whole number";
    if (type === "min_value") return `has to be at least ${requirement}`;
    if (type === "max_value") return `has to be at most ${requirement}`;
  }
  if (kind !== "schema") return message;
  if (received === "undefined") return "is missing";
  return expected === "never" ? "is nothing that this takes" : message;
}

/** Reads the query string by a schema, or answers `invalid_request` naming every bad field at once. */
export const validQuery = <Schema extends ObjectSchema>(schema: Schema) =>
  known(
    validator("query", (raw): v.InferOutput<Schema> => {
      checkNames(schema, raw);
      return valid(schema, raw, "the query string");
    }),
    { target: "query", schema },
  );

/** The same for a JSON body. */
export const validJson = <Schema extends ObjectSchema>(schema: Schema) =>
  known(
    validator("json", (raw): v.InferOutput<Schema> => valid(schema, raw, "the body")),
    { target: "json", schema },
  );
