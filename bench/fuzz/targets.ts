/** A route of the API's description, with what its example asks. */
export interface Target {
  method: string;
  path: string;
  parameters: Parameter[];
  body: unknown;
}

export interface Parameter {
  name: string;
  in: string;
  example?: string;
}

interface ApiDescription {
  paths: Record<
    string,
    Record<
      string,
      { parameters?: Parameter[]; requestBody?: { content: Record<string, { example?: unknown }> }; responses?: object }
    >
  >;
}

/** The routes of `GET /api/openapi.json`: what is added to the API is attacked from then on. */
export const targetsOf = ({ paths }: ApiDescription): Target[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: Object.values(requestBody?.content ?? {})[0]?.example,
    })),
  );
