import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./install.mjs";

const FILE = join(ROOT, ".dev.vars");

/** What of the environment is passed on: see worker/env.ts. */
const VARIABLES = ["FORWARD_PRIVATE", "KEEP_ORPHANS", "LOG_REQUESTS", "MAX_SERVICES", "MAX_JOURNAL_BYTES"];

/** The local secrets of .dev.vars, with an ADMIN_TOKEN made at random if there is none. The environment wins. */
export function localSecrets() {
  const text = existsSync(FILE) ? readFileSync(FILE, "utf8") : "";
  const secrets = Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const match = /^\s*([A-Z0-9_]+)\s*=\s*"?(.*?)"?\s*$/.exec(line);
      return match ? [[match[1], match[2]]] : [];
    }),
  );
  for (const name of VARIABLES) if (process.env[name]) secrets[name] = process.env[name];
  if (process.env.ADMIN_TOKEN) return { ...secrets, ADMIN_TOKEN: process.env.ADMIN_TOKEN };
  if (secrets.ADMIN_TOKEN) return secrets;
  const token = randomBytes(24).toString("base64url");
  const separator = text === "" || text.endsWith("\n") ? "" : "\n";
  writeFileSync(FILE, `${text}${separator}ADMIN_TOKEN=${token}\n`, { mode: 0o600 });
  return { ...secrets, ADMIN_TOKEN: token };
}
