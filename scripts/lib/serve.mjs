import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { localSecrets } from "./admin-token.mjs";
import { build, WORKER } from "./build.mjs";
import { putCityTable } from "./city-table.mjs";
import { fireCrons } from "./cron.mjs";
import { ROOT } from "./install.mjs";
import { migrate } from "./migrate.mjs";
import { ensurePortIsFree } from "./port.mjs";
import { lockState } from "./state-lock.mjs";

/** Builds and serves. Resolves once requests are answered, with the admin token and a way to stop. `worker`: another bundle than the built one. */
export async function serve({ host, port, stateDir, worker = WORKER }) {
  await ensurePortIsFree(host, port);
  const lock = lockState(stateDir);
  build();
  const secrets = localSecrets();
  // Every binding comes from wrangler.toml by wrangler's own conversion: one configuration for here and there.
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(ROOT, "wrangler.toml"));
  const { modulesRules: _rules, ...options } = workerOptions;
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      host,
      port,
      cf: false,
      log: new Log(LogLevel.WARN),
      workers: [
        {
          ...options,
          name: "weir",
          modules: true,
          scriptPath: worker,
          bindings: { ...options.bindings, ...secrets },
        },
      ],
    }),
    // After the spread: before it, nothing is kept on disk.
    resourcePersistencePath: stateDir,
  });
  await miniflare.ready;
  lock.setWorkerd(workerdPid());
  await migrate(await miniflare.getD1Database("CONTROL"), "migrations/control");
  await migrate(await miniflare.getD1Database("DB"), "migrations/db");
  if (process.env.CITY_TABLE) await putCityTable(await miniflare.getR2Bucket("ARCHIVE"), process.env.CITY_TABLE);
  const stopCrons = fireCrons(options.cronTriggers ?? [], async (cron, scheduledTime) => {
    try {
      await (await miniflare.getWorker("weir")).scheduled({ cron, scheduledTime });
    } catch (error) {
      console.error(`cron ${cron} failed: ${error}`);
    }
  });
  return {
    token: secrets.ADMIN_TOKEN,
    async stop() {
      stopCrons();
      await miniflare.dispose();
      lock.unlock();
    },
  };
}

/** workerd's process, a child of this one; 0 where the system does not tell. */
function workerdPid() {
  try {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ");
    return Number(children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("workerd")) ?? 0);
  } catch {
    return 0;
  }
}
