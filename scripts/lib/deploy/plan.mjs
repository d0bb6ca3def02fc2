import { configFileOf } from "./environment-config.mjs";

/** What a deploy does, one line a step, in its order; the same list is printed by --dry-run and worked through. */
export function planOf({ worker, databases, queues, buckets, bindings }, environment) {
  const config = configFileOf(environment);
  return [
    ...databases.map(({ name, id }) =>
      id ? `database ${name}: ${id}` : `database ${name}: find it, else wrangler d1 create ${name}`,
    ),
    ...queues.map((name) => `queue ${name}: wrangler queues create ${name}, unless it is there`),
    ...buckets.map((name) => `bucket ${name}: wrangler r2 bucket create ${name}, unless it is there`),
    `configuration ${config}: wrangler.toml with this environment's names and ids`,
    ...bindings.map((binding) => `migrations of ${binding}: wrangler d1 migrations apply ${binding} --remote`),
    `Worker ${worker}: wrangler deploy, with a new ADMIN_TOKEN if it has none`,
    "check: GET /healthz",
  ];
}
