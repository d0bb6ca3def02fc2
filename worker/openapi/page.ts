import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ApiDocument, Operation } from "./document.ts";
import { PAGE_STYLE } from "./page-style.ts";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The description as one page: no script, nothing fetched, so that it is read offline and under the strictest policy. */
export function pageOf({ info, tags, paths, servers }: ApiDocument): Html {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name }) => ({
    name,
    of: operations.filter(({ operation }) => operation.tags[0] === name),
  }));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Weir API</title>
<link rel="icon" href="data:,">
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
<header><h1>Weir API <small>${String(info.version)}</small></h1>
<p>${String(info.summary)} Machines read the same at <a href="/api/openapi.json">/api/openapi.json</a>. The dashboard is <a href="/">here</a>.</p></header>
<nav aria-label="Sections">${sections.map(({ name }) => html`<a href="#${anchorOf(name)}">${name}</a>`)}</nav>
<main>${sections.map(
    ({ name, of }) =>
      html`<section><h2 id="${anchorOf(name)}">${name}</h2>${of.map(({ path, method, operation }) =>
        operationHtml(path, method, operation, servers[0]!.url),
      )}</section>`,
  )}</main>
</body>
</html>`;
}

/** What stands between backticks, as code. */
const prose = (text: string): Html[] =>
  text.split("`").map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));

const anchorOf = (name: string): string => name.toLowerCase().replaceAll(" ", "-");

function operationHtml(path: string, method: string, operation: Operation, origin: string): Html {
  const { summary, parameters = [], requestBody, responses, security, operationId } = operation;
  const [media, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const [status, answer] = Object.entries(responses)[0]!;
  const example = Object.values(answer.content ?? {})[0]?.example;
  return html`<details id="${operationId}"><summary><b class="${method}">${method.toUpperCase()}</b> <code>${path}</code> <span>${prose(summary)}</span></summary>
${security?.length === 0 ? html`<p>Needs no key.</p>` : ""}
${
  parameters.length === 0
    ? ""
    : html`<table><thead><tr><th>Parameter</th><th>Type</th><th>Meaning</th></tr></thead><tbody>${parameters.map(
        ({ name, in: place, required, schema, description = "" }) =>
          html`<tr><td><code>${name}</code>${required ? " *" : ""}</td><td>${typeOf(schema)} <i>${place}</i></td><td>${prose(description)}</td></tr>`,
      )}</tbody></table>`
}
${content?.schema ? html`<h3>Body</h3><pre tabindex="0">${JSON.stringify(content.schema, undefined, 2)}</pre>` : ""}
<h3>Example</h3><pre tabindex="0">${exampleOf(path, method, operation, origin, media, content?.example)}</pre>
<h3>Answer ${status}</h3>${example === undefined ? html`<p>${Object.keys(answer.content ?? {})[0] ?? "Nothing."}</p>` : html`<pre tabindex="0">${JSON.stringify(example, undefined, 2)}</pre>`}
</details>`;
}

function typeOf({ type, enum: values, default: fallback }: Record<string, unknown>): string {
  const name = Array.isArray(values) ? values.join(" | ") : String(type ?? "any");
  return fallback === undefined || fallback === "" ? name : `${name}, ${String(fallback)} unless said`;
}

/** A command to copy; WEIR_TOKEN is where README says that it is. */
function exampleOf(
  path: string,
  method: string,
  operation: Operation,
  origin: string,
  media = "",
  body?: unknown,
): string {
  const parameters = operation.parameters ?? [];
  const address = path.replaceAll(
    /\{(\w+)\}/g,
    (_all, name: string) => parameters.find((each) => each.name === name)?.example ?? name,
  );
  const query = parameters
    .filter(({ in: place, example }) => place === "query" && example !== undefined)
    .map(({ name, example }) => `${name}=${encodeURIComponent(example!)}`)
    .join("&");
  const url = `${operation["x-weir-socket"] ? origin.replace(/^http/, "ws") : origin}${address}${query ? `?${query}` : ""}`;
  if (operation["x-weir-socket"]) return `new WebSocket("${url}${query ? "&" : "?"}key=KEY")`;
  const verb = method === "get" || (method === "post" && body !== undefined) ? "" : ` -X ${method.toUpperCase()}`;
  const key = operation.security?.length === 0 ? "" : ' -H "Authorization: Bearer $WEIR_TOKEN"';
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const data = body === undefined ? "" : ` \\\n  -H "Content-Type: ${media}" --data-binary ${quoted(text)}`;
  return `curl${verb}${key} ${quoted(url)}${data}`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
