// What tests use of node:zlib beside what the Worker does (worker/node.d.ts).
declare module "node:zlib" {
  import type { Buffer } from "node:buffer";

  export function gzipSync(body: Uint8Array | string): Buffer;
  export function deflateSync(body: Uint8Array): Buffer;
}
