import { beforeAll, describe, expect, it } from "vitest";
import { PROTOCOLS } from "../../core/ingest/registry.ts";
import { app } from "../../worker/app.ts";
import type { ApiDocument, Operation, Parameter } from "../../worker/openapi/document.ts";
import { documentOf } from "../../worker/openapi/document.ts";
import { routesOf } from "../../worker/openapi/routes.ts";
import { SENDING_ROUTES } from "../../worker/openapi/sending.ts";
import { accessLine, ask, json, post, settled, TOKEN } from "./ask.ts";

const DOCUMENT = documentOf(app.routes, "http://weir.test");

interface Case {
  name: string;
  method: string;
  path: string;
  operation: Operation;
}

const CASES: Case[] = Object.entries(DOCUMENT.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    operation,
  })),
);
const byName = new Map(CASES.map((each) => [each.name, each]));

describe("the API description", () => {
  it("has every route of worker/app.ts, described where it stands", () => {
    const undescribed = routesOf(app.routes).filter(({ description }) => description === undefined);
    expect(undescribed.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it("has an example of every route", () => {
    const without = routesOf(app.routes).filter(({ description }) => !description?.example && !description?.isSocket);
    expect(without.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it("has every ingest protocol", () => {
    expect(new Set(SENDING_ROUTES.map(({ protocol }) => protocol))).toEqual(new Set(PROTOCOLS.map(({ name }) => name)));
  });

  it("names every operation once, under a tag that there is", () => {
    const ids = CASES.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = DOCUMENT.tags.map(({ name }) => name);
    for (const { name, operation } of CASES) expect(tags, name).toContain(operation.tags[0]);
  });

  it("takes parameters and bodies from the schemas that check them", () => {
    const { parameters } = DOCUMENT.paths["/api/logs"]!.get!;
    expect(parameters).toContainEqual(
      expect.objectContaining({
        name: "order",
        schema: expect.objectContaining({ enum: expect.arrayContaining(["newest"]) }),
      }),
    );
    const { requestBody } = DOCUMENT.paths["/api/services/{service}"]!.put!;
    const schema = requestBody!.content["application/json"]!.schema as { properties: Record<string, object> };
    expect(schema.properties.hotDays).toMatchObject({ type: "integer", minimum: 0, maximum: 400 });
  });

  it("describes every parameter of a path", () => {
    for (const { name, path, operation } of CASES) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one!);
      const described = (operation.parameters ?? []).filter(
        ({ in: place, description }) => place === "path" && description,
      );
      expect(
        described.map((each) => each.name),
        name,
      ).toEqual(names);
    }
  });
});

describe("GET /api/openapi.json", () => {
  it("is public, and the document itself", async () => {
    const answer = await ask("/api/openapi.json", { headers: { "X-No-Key": "1" } });
    expect(answer.status).toBe(200);
    const document = (await answer.json()) as ApiDocument;
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toEqual(Object.keys(DOCUMENT.paths));
  });
});

describe("GET /docs", () => {
  it("shows every operation, and fetches nothing", async () => {
    const answer = await ask("/docs", { headers: { "X-No-Key": "1" } });
    expect(answer.headers.get("Content-Type")).toContain("text/html");
    const page = await answer.text();
    for (const { operation } of CASES) expect(page).toContain(`id="${operation.operationId}"`);
    expect(page).not.toMatch(/<script|<link(?! rel="icon" href="data:,")|<img|src=|@import|url\(/i);
  });
});

describe("the example of", () => {
  const send = () => json(post("/ingest/web", `${accessLine({ path: "/cart", tail: " 12" })}\n`));
  beforeAll(async () => {
    await send();
    await settled();
  });

  it.each(CASES.filter(({ operation }) => !operation["x-weir-socket"]))("$name works as described", async (each) => {
    const [status, answer] = Object.entries(each.operation.responses)[0]!;
    // The example of POST /api/forget came before, which leaves nothing in the streams' memory.
    if (each.path === "/api/live/rewind") await send();
    const response = await replay(each);
    const isStream = Object.keys(answer.content ?? {})[0] === "text/event-stream";
    const text = isStream ? "" : await response.text();
    if (isStream) await response.body?.cancel();
    expect(response.status, text).toBe(Number(status));
    const [type, content] = Object.entries(answer.content ?? {})[0] ?? [];
    if (type && type !== "*/*") expect(response.headers.get("Content-Type")).toContain(type);
    if (content?.example !== undefined) expect(JSON.parse(text)).toEqual(shapeOf(content.example));
  });
});

/** At least these keys, with values of these types; the first entry of a list stands for all, an empty one for any. */
function shapeOf(example: unknown): unknown {
  if (Array.isArray(example))
    return example.length === 0 ? expect.any(Array) : expect.arrayContaining([shapeOf(example[0])]);
  if (example === null) return expect.toSatisfy((value) => value === null || typeof value === "string");
  if (typeof example === "object")
    return expect.objectContaining(
      Object.fromEntries(Object.entries(example).map(([key, value]) => [key, shapeOf(value)])),
    );
  return expect.any({ string: String, number: Number, boolean: Boolean }[typeof example as "string"]);
}

async function replay({ method, path, operation }: Case): Promise<Response> {
  const after = operation["x-weir-after"];
  const before =
    after === undefined ? {} : ((await (await replay(byName.get(after)!)).json()) as Record<string, unknown>);
  const parameters = operation.parameters ?? [];
  const textOf = ({ example }: Parameter): string =>
    example?.startsWith("$.") ? String(before[example.slice(2)]) : (example ?? "");
  let address = path;
  const query = new URLSearchParams();
  for (const parameter of parameters) {
    if (parameter.in === "path")
      address = address.replace(`{${parameter.name}}`, encodeURIComponent(textOf(parameter)));
    else if (parameter.example !== undefined) query.set(parameter.name, textOf(parameter));
  }
  const [media, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const body =
    content?.example === undefined
      ? undefined
      : (typeof content.example === "string" ? content.example : JSON.stringify(content.example)).replace(
          "$TOKEN",
          TOKEN,
        );
  return ask(`${address}?${query}`, { method, body, headers: media ? { "Content-Type": media } : {} });
}
