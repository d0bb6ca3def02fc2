import { parseArgs } from "node:util";
import { Failure } from "../sending/failure.ts";
import { saidOf } from "../sending/said-of.ts";
import { findToken } from "../sending/token.ts";

const OPTIONS = {
  url: { type: "string", default: process.env.WEIR_URL ?? "http://127.0.0.1:8787" },
  token: { type: "string" },
  service: { type: "string" },
  deep: { type: "boolean", default: false },
  head: { type: "string" },
} as const;

export interface ArchiveServer {
  service: string | undefined;
  deep: boolean;
  head: string | undefined;
  /** Asks the server. Throws {@link Failure} for any answer but 2xx. */
  ask<Answer>(path: string, body?: object): Promise<Answer>;
}

/** The server that the command line names: `--url --token --service --deep --head`. */
export function archiveServer(args: string[]): ArchiveServer {
  const { url, token, service, deep, head } = parseArgs({ args, options: OPTIONS }).values;
  return {
    service,
    deep,
    head,
    async ask<Answer>(path: string, body?: object): Promise<Answer> {
      const headers = { authorization: `Bearer ${findToken(token) ?? ""}`, "content-type": "application/json" };
      const init = body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers };
      const response = await fetch(new URL(path, url), init).catch((error: Error) => {
        const cause = (error.cause as { code?: string } | undefined)?.code ?? error.message;
        throw new Failure(
          `No server answers at ${url} (${cause}). Start one with "npm start", or name another with --url.`,
        );
      });
      const text = await response.text();
      if (!response.ok) throw new Failure(`${path} was answered ${response.status}: ${saidOf(text)}`);
      return JSON.parse(text) as Answer;
    },
  };
}
