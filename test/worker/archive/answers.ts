import type { KnownService } from "../../../worker/archive/seal-service.ts";
import { accessLine, ask, bindings, json } from "../ask.ts";

const at = (minute: number, second: number): string =>
  `22/Nov/2025:10:${String(minute).padStart(2, "0")}:${String(second).padStart(2, "0")} +0000`;
export const RANGE = "from=2025-11-22T09:00:00Z&to=2025-11-22T12:00:00Z";

/** Ten minutes, six lines each: three paths, a 404 in the second half of each minute, a rare word in one. */
export const lines = (count = 60, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => {
    const n = index + from;
    return accessLine({
      time: at(Math.floor(n / 6) % 60, (n % 6) * 10),
      path: n === 17 ? "/zanzibar?q=1" : `/p${n % 3}`,
      status: n % 6 >= 3 ? 404 : 200,
      ip: `198.51.100.${n % 5}`,
      bytes: 100 + n,
      tail: ` ${n + 1}`,
    });
  });

/** Questions whose answers must not change, wherever the records are. */
const QUESTIONS = [
  `logs?${RANGE}&limit=1000`,
  `logs?${RANGE}&limit=7&order=oldest&q=status:404 path:/p1`,
  `logs?${RANGE}&limit=5&q=zanzibar`,
  `logs?${RANGE}&limit=50&q=-chrome OR status:>=500`,
  `stats?${RANGE}&step=1m`,
  `stats?${RANGE}&step=5m&q=status:404 path:/p0`,
  `stats?${RANGE}&step=1h&q=ip:198.51.100.0/31`,
  `top/path?${RANGE}&q=status:200`,
  `top/ip?${RANGE}`,
  `top/browser?${RANGE}&q=path:/p2`,
];

/** Every answer about a service, without what says where it came from. */
export async function answersOf(service: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const question of QUESTIONS) {
    const answer = await json<Record<string, unknown>>(ask(`/api/${question.replace("?", `?service=${service}&`)}`));
    const { scanned: _, skipped: ____, sources: __, answeredFrom: ___, cursor, ...rest } = answer;
    // A cursor names the service.
    Object.assign(rest, { hasMore: cursor !== undefined });
    answers.push(
      JSON.parse(JSON.stringify(rest, (key, value) => (key === "source" || key === "service" ? undefined : value))),
    );
  }
  return answers;
}

/** A service that has stored something. */
export async function knownService(name: string): Promise<KnownService> {
  const row = await bindings.DB.prepare("SELECT id, name FROM services WHERE name = ?")
    .bind(name)
    .first<KnownService>();
  return row!;
}

export async function hotRowsOf(service: string): Promise<number> {
  const sql = "SELECT count(*) AS n FROM records WHERE service_id = (SELECT id FROM services WHERE name = ?)";
  return (await bindings.DB.prepare(sql).bind(service).first<number>("n"))!;
}

export async function keysOf(service: string): Promise<string[]> {
  const { objects } = await bindings.ARCHIVE.list({ prefix: `archive/service=${service}/` });
  return objects.map(({ key }) => key);
}

export const sourcesOf = async (service: string, query = ""): Promise<Record<string, number>> =>
  (await json<{ sources: Record<string, number> }>(ask(`/api/logs?service=${service}&${RANGE}&limit=1000${query}`)))
    .sources;

export const putSettings = (service: string, settings: object): Promise<Response> =>
  ask(`/api/services/${service}`, {
    method: "PUT",
    body: JSON.stringify(settings),
    headers: { "Content-Type": "application/json" },
  });
