import type { IngestRequest, Reply } from "../protocol.ts";
import { jsonReply, textReply } from "../reply.ts";

/** Without it the official clients say "not Elasticsearch", and send everything a second time. */
export const PRODUCT = { "x-elastic-product": "Elasticsearch" };

/** The API that is spoken; clients of version 8 and 7 accept it. */
const VERSION = "8.17.0";

const ROOT = {
  name: "weir",
  cluster_name: "weir",
  cluster_uuid: "weir",
  version: {
    number: VERSION,
    build_flavor: "default",
    minimum_wire_compatibility_version: "7.17.0",
    minimum_index_compatibility_version: "7.0.0",
  },
  tagline: "You Know, for Search",
};

const HEALTH = { cluster_name: "weir", status: "green", timed_out: false, number_of_nodes: 1, number_of_data_nodes: 1 };
const LICENSE = { license: { status: "active", uid: "weir", type: "basic" } };

/** What clients look at before they send, by path; the first that fits answers. */
const ANSWERS: [path: RegExp, value: unknown][] = [
  [/^\/?$/, ROOT],
  [/^\/_cluster\/health/, HEALTH],
  [/^\/_license/, LICENSE],
  [/^\/_xpack/, { build: {}, license: LICENSE.license, features: {} }],
  [/^\/_nodes/, { _nodes: { total: 1, successful: 1, failed: 0 }, cluster_name: "weir", nodes: {} }],
  // Templates, lifecycle policies and ingest pipelines are kept nowhere: asked for they are there, put they are acknowledged.
  [/^\/(?:_index_template|_template|_component_template|_ilm\/policy|_ingest\/pipeline|_data_stream|_alias)/, {}],
];

/** The answer to anything but records. */
export function handshake({ method, path }: Pick<IngestRequest, "method" | "path">): Reply | undefined {
  if (isBulkPath(path)) return undefined;
  const plain = path.replace(/^\/_?s\/[^/]+/, "");
  if (plain.startsWith("/_cat/health")) return textReply(200, "weir green 1 1 0 0 0 0 0 0 - 100.0%\n", PRODUCT);
  const isWrite = method === "PUT" || method === "POST";
  const known = ANSWERS.find(([pattern]) => pattern.test(plain));
  if (known) return reply(method, 200, isWrite ? { acknowledged: true } : known[1]);
  // An index that is looked for exists; one that is made is made.
  if (/^\/[^_/][^/]*\/?$/.test(plain) && method !== "POST") {
    return reply(method, 200, isWrite ? { acknowledged: true, shards_acknowledged: true, index: plain.slice(1) } : {});
  }
  return undefined;
}

export const isBulkPath = (path: string): boolean =>
  /\/_bulk\/?$/.test(path) || /\/_(?:doc|create)(?:\/[^/]+)?\/?$/.test(path);

const reply = (method: string, status: number, value: unknown): Reply => {
  const answer = jsonReply(status, value, PRODUCT);
  return method === "HEAD" ? { ...answer, body: null } : answer;
};
