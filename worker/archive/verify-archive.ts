import type { Env } from "../env.ts";
import { hexOf } from "./put-segment.ts";
import type { KnownService } from "./seal-service.ts";
import { FIRST_LINK, type LinkedEntry, linkOf, signingKey } from "./segment-log.ts";

export interface ArchiveProof {
  service: string;
  /** Nothing was removed or changed but by what the log tells. */
  intact: boolean;
  entries: number;
  segments: number;
  records: number;
  /** Segments that are not in the log yet: written within the last minutes. */
  unlinked: number;
  /** Removals that the log tells of, by reason. */
  removed: Record<string, number>;
  problems: { key: string; problem: string }[];
  /** The last link of the log. Written down elsewhere it proves later that the log's end was not cut off. */
  head: { number: number; link: string };
}

const MERGED_INTO = "merged into ";
/** An object's bytes are hashed one after the other; more of them are checked by the bucket's own checksum only. */
const MAX_PROBLEMS = 100;
const SELECT_LOG =
  "SELECT number, at_ms AS atMs, action, key, hash, records, reason, link FROM segment_log WHERE service_id = ?1 AND number > ?2 ORDER BY number LIMIT 5000";
const SELECT_SEGMENTS = "SELECT key, hash, records, bytes, linked FROM segments WHERE service_id = ?1";
const SELECT_IS_THERE = "SELECT 1 AS yes FROM segments WHERE service_id = ?1 AND key = ?2";

/** An entry of the log that somebody wrote down: its number, and its link or the beginning of it. */
export interface WrittenHead {
  number: number;
  link: string;
}

/**
 * Proves or disproves that a service's archive is what was written into it: walks the chain of the log, compares what it says there
 * is with the segments that the database knows, and these with the objects.
 *
 * @param isDeep reads every object and hashes it again, instead of asking for the checksum that the bucket took when it was written
 * @param written a head of before, which the log has to go through still
 */
export async function verifyArchive(
  env: Env,
  { id, name }: KnownService,
  isDeep: boolean,
  written?: WrittenHead,
): Promise<ArchiveProof> {
  const proof: ArchiveProof = {
    service: name,
    intact: true,
    entries: 0,
    segments: 0,
    records: 0,
    unlinked: 0,
    removed: {},
    problems: [],
    head: { number: 0, link: FIRST_LINK },
  };
  const blame = (key: string, problem: string): void => {
    proof.intact = false;
    if (proof.problems.length < MAX_PROBLEMS) proof.problems.push({ key, problem });
  };
  // The segments first: what is added meanwhile is then in the log only, and named as missing by nobody who asks again.
  const { results: segments } = await env.DB.prepare(SELECT_SEGMENTS)
    .bind(id)
    .all<{ key: string; hash: string; records: number; bytes: number; linked: 0 | 1 }>();
  const known = await walkLog(env, id, proof, blame, written);
  for (const { key, hash, records, bytes, linked } of segments) {
    const logged = known.get(key);
    // Merged or removed since the segments were asked for, and the log tells of it.
    if (logged === undefined && linked === 1 && !(await isThere(env, id, key))) continue;
    proof.segments++;
    proof.records += records;
    if (logged === undefined && linked === 1) blame(key, "it was written into the log, and the log does not have it");
    else if (logged === undefined) proof.unlinked++;
    else if (logged !== hash) blame(key, "the database names another hash than the log");
    known.delete(key);
    const problem = await objectProblem(env, key, hash, bytes, isDeep);
    if (problem !== undefined) blame(key, problem);
  }
  for (const key of known.keys()) blame(key, "the log has it, the database does not");
  return proof;
}

const isThere = async ({ DB }: Env, serviceId: number, key: string): Promise<boolean> =>
  (await DB.prepare(SELECT_IS_THERE).bind(serviceId, key).first<number>("yes")) === 1;

/** The objects that there have to be, by the log, with their hashes. */
async function walkLog(
  env: Env,
  serviceId: number,
  proof: ArchiveProof,
  blame: (key: string, problem: string) => void,
  written: WrittenHead | undefined,
): Promise<Map<string, string>> {
  const key = await signingKey(env);
  const known = new Map<string, string>();
  // Objects that removals name and that no entry has added yet.
  const awaited = new Map<string, string>();
  let link = FIRST_LINK;
  for (;;) {
    const { results } = await env.DB.prepare(SELECT_LOG).bind(serviceId, proof.entries).all<LinkedEntry>();
    for (const entry of results) {
      proof.entries++;
      if (entry.number !== proof.entries) blame(entry.key, `entry ${proof.entries} of the log is missing`);
      if ((await linkOf(key, link, entry)) !== entry.link)
        blame(entry.key, `entry ${entry.number} of the log was changed`);
      link = entry.link;
      if (entry.number === written?.number && !link.startsWith(written.link))
        blame(entry.key, `entry ${entry.number} of the log is not the one that was written down`);
      proof.entries = entry.number;
      if (entry.action === "added") {
        known.set(entry.key, entry.hash);
        awaited.delete(entry.key);
      } else {
        if (!known.delete(entry.key)) blame(entry.key, "removed, and never added");
        const isMerge = entry.reason.startsWith(MERGED_INTO);
        if (isMerge) awaited.set(entry.reason.slice(MERGED_INTO.length), entry.key);
        const reason = isMerge ? "merged" : entry.reason;
        proof.removed[reason] = (proof.removed[reason] ?? 0) + 1;
      }
    }
    if (results.length > 0) continue;
    for (const [into, from] of awaited) blame(from, `merged into ${into}, which the log does not have`);
    if (written && proof.entries < written.number)
      blame("", `the log ends with entry ${proof.entries}, before ${written.number}, which was written down`);
    proof.head = { number: proof.entries, link };
    return known;
  }
}

async function objectProblem(
  { ARCHIVE }: Env,
  key: string,
  hash: string,
  bytes: number,
  isDeep: boolean,
): Promise<string | undefined> {
  const object = isDeep ? await ARCHIVE.get(key) : await ARCHIVE.head(key);
  if (!object) return "the object is not in the bucket";
  if (object.size !== bytes) return `the object has ${object.size} bytes, ${bytes} were written`;
  const sum =
    "body" in object
      ? await crypto.subtle.digest("SHA-256", await (object as R2ObjectBody).arrayBuffer())
      : object.checksums.sha256;
  return sum === undefined || hexOf(sum) === hash ? undefined : "the object's bytes are not those that were written";
}
