import type { Entry } from "../../record.ts";

type Json = Record<string, unknown>;

const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/**
 * One log: `{"message":…,"status":"info","service":…,"hostname":…,"ddsource":…,"ddtags":"env:prod,team:a"}`, what it leaves out
 * taken from the address. Text that is no object is a line.
 *
 * Source: Datadog API reference, "Send logs"; reserved attributes.
 */
export function datadogEntry(item: string, around: Json): { service: string | undefined; entry: Entry } {
  const log = parsed(item);
  if (typeof log !== "object" || log === null || Array.isArray(log)) {
    return {
      service: textIn(around.service),
      entry: { fields: fieldsOf({}, around), text: typeof log === "string" ? log : item },
    };
  }
  const fields = fieldsOf(log as Json, around);
  const text = textIn(fields.message);
  return { service: textIn(fields.service), entry: text === undefined ? { fields } : { fields, text } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `status` is the level here, unless it is a number; tags become attributes. */
function fieldsOf(log: Json, around: Json): Json {
  const { status, ddtags = around.ddtags, ...rest } = log;
  const fields: Json = { ...rest };
  for (const name of ["service", "ddsource", "hostname"])
    if (fields[name] === undefined && around[name] !== undefined) fields[name] = around[name];
  if (status !== undefined)
    fields[typeof status === "string" && !/^\d+$/.test(status) && fields.level === undefined ? "level" : "status"] =
      status;
  if (typeof ddtags === "string" && ddtags !== "") fields.ddtags = tagsOf(ddtags);
  else if (ddtags !== undefined) fields.ddtags = ddtags;
  return fields;
}

/** `env:prod,team:a` → `{env: "prod", team: "a"}`; a tag without a value is true. */
function tagsOf(text: string): Json {
  const tags: [string, unknown][] = [];
  for (const tag of text.split(",", 256)) {
    const colon = tag.indexOf(":");
    const name = (colon < 0 ? tag : tag.slice(0, colon)).trim();
    if (name !== "") tags.push([name, colon < 0 ? true : tag.slice(colon + 1).trim()]);
  }
  return Object.fromEntries(tags);
}
