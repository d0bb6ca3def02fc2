import type { ForwardMessage } from "../core/forward/forward.ts";
import type { ServiceJson } from "../core/live/frames.ts";
import type { ObjectsEnv } from "../durable-objects/env.ts";
import type { Meters } from "../durable-objects/meters.ts";
import type { Overview } from "../durable-objects/overview.ts";
import type { ServiceStream } from "../durable-objects/service-stream.ts";
import type { Principal } from "./auth/principal.ts";

/** What wrangler.toml binds; see there. */
export interface Env extends ObjectsEnv {
  /** Logs, and nothing secret. */
  DB: D1Database;
  /** Keys, settings, audit. */
  CONTROL: D1Database;
  STREAMS: DurableObjectNamespace<ServiceStream>;
  OVERVIEW: DurableObjectNamespace<Overview>;
  METERS: DurableObjectNamespace<Meters>;
  /** Parquet segments, and larger files that the Worker reads. */
  ARCHIVE: R2Bucket;
  /** Packs on their way to other endpoints; worker/forward. */
  FORWARDS: Queue<ForwardMessage>;
  ASSETS: Fetcher;
  /** The secret that may do everything. Without it every request that needs a key is refused. */
  ADMIN_TOKEN?: string;
  /** Requests of one key, beacons of one visitor, wrong keys of one address: counted over all isolates of a place. */
  KEY_LIMIT: RateLimit;
  VISITOR_LIMIT: RateLimit;
  GUESS_LIMIT: RateLimit;
  /** Cloudflare Access, where people sign in by it: `team.cloudflareaccess.com` and the application's audience tag. */
  ACCESS_TEAM_DOMAIN?: string;
  ACCESS_AUD?: string;
  /** Addresses that may change things, with commas: `ann@example.com, *@ops.example.com`. The others read. */
  ACCESS_ADMINS?: string;
  /** "1" lets records be forwarded into private networks, and over http. */
  FORWARD_PRIVATE?: string;
  /** "1" keeps objects of the archive that no row names: while the database is taken back in time. */
  KEEP_ORPHANS?: string;
  /** "1" writes one log line a request. */
  LOG_REQUESTS?: string;
}

export interface AppEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** Who asks; set once that is known. */
    principal?: Principal;
    /** Its deed stands in the audit. */
    isAudited?: true;
  };
}

/** The stream of a service's shard. */
export const streamOf = (env: Env, service: string, shard = 0): DurableObjectStub<ServiceStream> =>
  env.STREAMS.getByName(`${service}/${shard}`);

/**
 * Asks every stream of a service that may hold records: shard 0 first, which knows how many there are.
 *
 * @param ask gets a stream and its shard; called for all at once
 */
export async function askShards<Answer>(
  env: Env,
  service: string,
  ask: (stream: DurableObjectStub<ServiceStream>, shard: number) => Promise<Answer>,
): Promise<Answer[]> {
  const first = streamOf(env, service);
  const [answer, { known }] = await Promise.all([ask(first, 0), first.layout()]);
  const others = Array.from({ length: known - 1 }, (_, at) => ask(streamOf(env, service, at + 1), at + 1));
  return [answer, ...(await Promise.all(others))];
}

export const overviewOf = (env: Env): DurableObjectStub<Overview> => env.OVERVIEW.getByName("overview");

export const metersOf = (env: Env): DurableObjectStub<Meters> => env.METERS.getByName("meters");

/** Every announced service, as its streams reported last. The cast: RPC types know arrays, not tuples. */
export const announcedServices = async (env: Env): Promise<ServiceJson[]> =>
  (await overviewOf(env).services()) as unknown as ServiceJson[];
