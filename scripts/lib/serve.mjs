import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { localSecrets } from "./admin-token.mjs";
import { build, WORKER } from "./build.mjs";
import { putCityTable } from "./city-table.mjs";
import { fireCrons } from "./cron.mjs";
import { frontSocket } from "./front-socket.mjs";
import { ROOT } from "./install.mjs";
import { migrate, migrationsIn } from "./migrate.mjs";
import { ensurePortIsFree } from "./port.mjs";
import { printLog, v8Flags } from "./runtime.mjs";
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
  process.env.MINIFLARE_WORKERD_V8_FLAGS = v8Flags(process.env.MINIFLARE_WORKERD_V8_FLAGS);
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      // miniflare's own entry, for its work on the databases; the outside comes in by the door.
      host: "127.0.0.1",
      cf: false,
      // For a look into the isolate: its heap, its processor time.
      ...(process.env.INSPECTOR_PORT ? { inspectorPort: Number(process.env.INSPECTOR_PORT) } : {}),
      log: new Log(LogLevel.WARN),
      handleStructuredLogs: printLog,
      workers: [
        {
          ...options,
          name: "weir",
          modulesRoot: ROOT,
          modules: withDoor(worker),
          bindings: {
            ...options.bindings,
            ...secrets,
            TRUST_PROXY: process.env.TRUST_PROXY ?? "",
            MIGRATIONS: {
              DB: migrationsIn("migrations/db").length,
              CONTROL: migrationsIn("migrations/control").length,
            },
          },
          unsafeBindings: [frontSocket({ host, port })],
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

/** The built Worker, unchanged, and a second way into it beside its default one. */
function withDoor(worker) {
  const path = relative(ROOT, worker);
  const contents = `import worker from "./${path}";
import { doorTo } from "./scripts/lib/door.mjs";
export * from "./${path}";
export default worker;
export const Door = doorTo(worker);
`;
  return [
    { type: "ESModule", path: join(ROOT, "served.mjs"), contents },
    { type: "ESModule", path: worker },
    { type: "ESModule", path: join(ROOT, "scripts/lib/door.mjs") },
  ];
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
