import { readFileSync } from "node:fs";

/** The project's own secrets file; `npm start` writes it. */
const SECRETS = new URL("../../.dev.vars", import.meta.url);

/** The key to send with: what was given, else `WEIR_TOKEN`, else the admin token of a server started in this folder. */
export function findToken(given: string | undefined, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (given) return given;
  if (env.WEIR_TOKEN) return env.WEIR_TOKEN;
  if (env.ADMIN_TOKEN) return env.ADMIN_TOKEN;
  try {
    return adminTokenIn(readFileSync(SECRETS, "utf8"));
  } catch {
    return undefined;
  }
}

/** Reads `ADMIN_TOKEN=…` of a `.dev.vars` file; quotes around the value are not part of it. */
export const adminTokenIn = (text: string): string | undefined =>
  /^\s*ADMIN_TOKEN\s*=\s*(["']?)(.+?)\1\s*$/m.exec(text)?.[2];
