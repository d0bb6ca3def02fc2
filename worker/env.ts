import type { ServiceJson } from "../core/live/frames.ts";
import type { ObjectsEnv } from "../durable-objects/env.ts";
import type { Meters } from "../durable-objects/meters.ts";
import type { Overview } from "../durable-objects/overview.ts";
import type { ServiceStream } from "../durable-objects/service-stream.ts";

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
  ASSETS: Fetcher;
  /** The secret that may do everything. Without it every request that needs a key is refused. */
  ADMIN_TOKEN?: string;
  /** "1" writes one log line a request. */
  LOG_REQUESTS?: string;
}

export interface AppEnv {
  Bindings: Env;
  Variables: { requestId: string };
}

/** The stream of a service's shard. */
export const streamOf = (env: Env, service: string, shard = 0): DurableObjectStub<ServiceStream> =>
  env.STREAMS.getByName(`${service}/${shard}`);

export const overviewOf = (env: Env): DurableObjectStub<Overview> => env.OVERVIEW.getByName("overview");

export const metersOf = (env: Env): DurableObjectStub<Meters> => env.METERS.getByName("meters");

/** Every announced service, as its streams reported last. The cast: RPC types know arrays, not tuples. */
export const announcedServices = async (env: Env): Promise<ServiceJson[]> =>
  (await overviewOf(env).services()) as unknown as ServiceJson[];
