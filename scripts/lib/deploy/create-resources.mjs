const IS_THERE = /already (?:exists|taken|in use)|is already taken|\b(?:11009|10004)\b/i;

/**
 * Creates what an account does not have yet, and says what each database's id is. Doing it twice changes nothing.
 *
 * @param wrangler runs a command: `{ ok, output }`, without throwing
 */
export function createResources(wrangler, { databases, queues, buckets }, say) {
  const ids = new Map();
  let listed = databaseList(wrangler);
  for (const { name, id } of databases) {
    if (id === undefined && !listed.has(name)) {
      must(wrangler(["d1", "create", name]), `creating the database ${name}`);
      say(`database ${name}: created`);
      listed = databaseList(wrangler);
    } else say(`database ${name}: there`);
    const found = id ?? listed.get(name);
    if (found === undefined) throw new Error(`wrangler created the database ${name} and does not list it`);
    ids.set(name, found);
  }
  for (const name of queues) ensure(wrangler, ["queues", "create", name], `queue ${name}`, say);
  for (const name of buckets) ensure(wrangler, ["r2", "bucket", "create", name], `bucket ${name}`, say);
  return ids;
}

function databaseList(wrangler) {
  const output = must(wrangler(["d1", "list", "--json"]), "listing the databases");
  // Banners and warnings may stand before the list.
  const list = JSON.parse(output.slice(output.indexOf("[")));
  return new Map(list.map(({ name, uuid }) => [name, uuid]));
}

function ensure(wrangler, command, what, say) {
  const { ok, output } = wrangler(command);
  if (!ok && !IS_THERE.test(output)) must({ ok, output }, `creating the ${what}`);
  say(`${what}: ${ok ? "created" : "there"}`);
}

export function must({ ok, output }, doing) {
  if (!ok) throw new Error(`${doing} failed:\n${output.trim()}`);
  return output;
}
