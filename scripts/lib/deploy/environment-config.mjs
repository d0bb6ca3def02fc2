import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../install.mjs";

export const PRODUCTION = "production";
/** What wrangler.toml says until a database has been created. */
const NO_ID = /^0{8}-0{4}-0{4}-0{4}-\d{12}$/;

export const configFileOf = (environment) => `wrangler.${environment}.local.toml`;

/** Everything on an account that has a name: `weir…` in production, `weir-ENVIRONMENT…` elsewhere. */
export const nameIn = (environment, name) =>
  environment === PRODUCTION ? name : name.replace(/^weir(?=-|$)/, `weir-${environment}`);

const NAME_LINE = /^(name|database_name|bucket_name|queue|dead_letter_queue) = "(weir[^"]*)"$/gm;
const DATABASE = /^database_name = "([^"]+)"\ndatabase_id = "([^"]+)"$/gm;

/**
 * wrangler.toml for one environment: names of its own, and the ids that its databases have. The text stays what it is otherwise,
 * comments and all, so that a diff shows what differs.
 *
 * @param idOf a database's id by its name in this environment; what has none keeps what stands there
 */
export function environmentConfig(text, environment, idOf) {
  const named = text.replace(NAME_LINE, (_line, key, name) => `${key} = "${nameIn(environment, name)}"`);
  return named.replace(
    DATABASE,
    (_lines, name, id) => `database_name = "${name}"\ndatabase_id = "${idOf(name) ?? id}"`,
  );
}

/** What an account has to have before this configuration can be deployed. */
export function resourcesOf(text) {
  const found = (pattern) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))];
  return {
    worker: found(/^name = "([^"]+)"$/gm)[0],
    databases: [...text.matchAll(DATABASE)].map(([, name, id]) => ({ name, id: NO_ID.test(id) ? undefined : id })),
    queues: found(/^(?:dead_letter_)?queue = "([^"]+)"$/gm),
    buckets: found(/^bucket_name = "([^"]+)"$/gm),
    bindings: [...text.matchAll(/^binding = "([^"]+)"\ndatabase_name = /gm)].map(([, binding]) => binding),
  };
}

export const baseConfig = () => readFileSync(join(ROOT, "wrangler.toml"), "utf8");
