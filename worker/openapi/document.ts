import { toJsonSchema } from "@valibot/to-json-schema";
import { VERSION } from "../version.ts";
import { type Description, TAGS } from "./describe.ts";
import { type DescribedRoute, type RegisteredHandler, routesOf } from "./routes.ts";
import { SENDING_ROUTES } from "./sending.ts";
import { PARAMETER_WORDS } from "./words.ts";

type Json = Record<string, unknown>;

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  security?: object[];
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Record<string, { schema?: Json; example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { example?: unknown; schema?: Json }> }>;
  /** How a test replays it. */
  "x-weir-after"?: string;
  "x-weir-socket"?: boolean;
}

export interface Parameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  description?: string;
  schema: Json;
  example?: string;
}

export interface ApiDocument {
  openapi: "3.1.0";
  info: Json;
  servers: { url: string }[];
  tags: { name: string }[];
  security: object[];
  paths: Record<string, Record<string, Operation>>;
  components: Json;
}

/** The whole API as OpenAPI 3.1, from the routes themselves: their schemas, and what `describe` says of each. */
export function documentOf(handlers: readonly RegisteredHandler[], origin: string): ApiDocument {
  const paths: ApiDocument["paths"] = {};
  for (const route of [...sendingRoutes(), ...routesOf(handlers)]) {
    if (!route.description) continue;
    const item = paths[route.path] ?? {};
    paths[route.path] = item;
    item[route.method.toLowerCase()] = operationOf(route, route.description);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Weir",
      version: VERSION,
      summary: "Send lines, see them within a second, ask anything of them later.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: origin }],
    tags: TAGS.map((name) => ({ name })),
    security: [{ key: [] }, { session: [] }],
    paths,
    components: { securitySchemes: SECURITY, schemas: { Error: ERROR } },
  };
}

const sendingRoutes = (): DescribedRoute[] =>
  SENDING_ROUTES.map(({ method, path, description }) => ({ method, path, description, schemas: [] }));

function operationOf({ method, path, schemas }: DescribedRoute, description: Description): Operation {
  const { summary, tag, status = 200, type = "application/json", answer, isPublic, isSocket, example } = description;
  const parameters = [
    ...pathParameters(path, description),
    ...schemas.flatMap(({ target, schema }) =>
      target === "query" ? queryParameters(schemaJson(schema), example?.query) : [],
    ),
  ];
  const json = schemas.find(({ target }) => target === "json");
  return {
    operationId: operationIdOf(method, path),
    tags: [tag],
    summary,
    ...(isPublic ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...bodyOf(json && schemaJson(json.schema), example?.body, example?.headers?.["Content-Type"]),
    responses: {
      [status]: {
        description: "Done.",
        ...(answer === undefined && type === "application/json" ? {} : { content: { [type]: contentOf(answer) } }),
      },
      default: {
        description: "Refused.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
      },
    },
    ...(example?.after ? { "x-weir-after": example.after } : {}),
    ...(isSocket ? { "x-weir-socket": true } : {}),
  };
}

const contentOf = (answer: unknown): { example?: unknown } => (answer === undefined ? {} : { example: answer });

function pathParameters(path: string, { params = {}, example }: Description): Parameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name: name!,
    in: "path",
    required: true,
    ...(params[name!] ? { description: params[name!] } : {}),
    schema: { type: "string" },
    ...(example?.params?.[name!] ? { example: example.params[name!]! } : {}),
  }));
}

function queryParameters(schema: Json, examples: Record<string, string> = {}): Parameter[] {
  const required = new Set(schema.required as string[] | undefined);
  return Object.entries((schema.properties ?? {}) as Record<string, Json>).map(([name, property]) => ({
    name,
    in: "query",
    required: required.has(name),
    ...(PARAMETER_WORDS[name] ? { description: PARAMETER_WORDS[name] } : {}),
    schema: property,
    ...(examples[name] === undefined ? {} : { example: examples[name] }),
  }));
}

function bodyOf(schema: Json | undefined, example: unknown, type = "application/json"): Pick<Operation, "requestBody"> {
  if (schema === undefined && example === undefined) return {};
  const media = typeof example === "string" && type === "application/json" ? "text/plain" : type;
  return {
    requestBody: {
      required: schema !== undefined || example !== undefined,
      content: { [media]: { ...(schema ? { schema } : {}), ...(example === undefined ? {} : { example }) } },
    },
  };
}

/** `errorMode`: what JSON Schema has no word for (a check in code) is left out, and still holds. */
function schemaJson(schema: Parameters<typeof toJsonSchema>[0]): Json {
  const { $schema: _draft, ...json } = toJsonSchema(schema, {
    target: "draft-2020-12",
    typeMode: "input",
    errorMode: "ignore",
  });
  return json as Json;
}

const operationIdOf = (method: string, path: string): string =>
  `${method.toLowerCase()}_${path
    .replaceAll(/[{}]/g, "")
    .replaceAll(/[^A-Za-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "")}`;

const SECURITY = {
  key: {
    type: "http",
    scheme: "bearer",
    description: "A key, or the ADMIN_TOKEN. Where a sender puts it elsewhere: docs/protocols.md.",
  },
  session: { type: "apiKey", in: "cookie", name: "weir_session", description: "A signed-in page: POST /api/session." },
};

const ERROR = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message", "requestId"],
      properties: {
        code: { type: "string", description: "What programs switch on: snake_case." },
        message: { type: "string", description: "For people." },
        requestId: { type: "string", description: "The same as in the header X-Request-Id and in the logs." },
        issues: {
          type: "array",
          items: { type: "object", properties: { path: { type: "string" }, message: { type: "string" } } },
        },
      },
    },
  },
};
