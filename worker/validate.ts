import { validator } from "hono/validator";
import * as v from "valibot";
import { ApiError } from "./errors.ts";

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
  throw new ApiError(
    "invalid_request",
    `${what} is not valid: ${issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ")}`,
    {
      issues,
    },
  );
}

/** Keys that are missing or too many, in words of one who sent them; everything else in the schema's own. */
function wordsOf({ kind, received, expected, message }: v.BaseIssue<unknown>): string {
  if (kind !== "schema") return message;
  if (received === "undefined") return "is missing";
  return expected === "never" ? "is nothing that this takes" : message;
}

/** Reads the query string by a schema, or answers `invalid_request` naming every bad field at once. */
export const validQuery = <Schema extends ObjectSchema>(schema: Schema) =>
  known(
    validator("query", (raw): v.InferOutput<Schema> => valid(schema, raw, "the query string")),
    { target: "query", schema },
  );

/** The same for a JSON body. */
export const validJson = <Schema extends ObjectSchema>(schema: Schema) =>
  known(
    validator("json", (raw): v.InferOutput<Schema> => valid(schema, raw, "the body")),
    { target: "json", schema },
  );
