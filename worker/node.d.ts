// What the Worker uses of Node's modules, which workerd has natively. Not @types/node: its globals clash with the runtime's.
declare module "node:async_hooks" {
  export class AsyncLocalStorage<Store> {
    run<Value>(store: Store, work: () => Value): Value;
    getStore(): Store | undefined;
  }
}
declare module "node:buffer" {
  export class Buffer extends Uint8Array {
    static from(text: string, encoding: "utf8"): Buffer;
    static from(bytes: ArrayBufferLike, offset: number, length: number): Buffer;
    static concat(parts: readonly Uint8Array[]): Buffer;
    toString(encoding?: "utf8" | "latin1"): string;
  }
}
declare module "node:zlib" {
  import type { Buffer } from "node:buffer";

  interface Options {
    /** Throws ERR_BUFFER_TOO_LARGE past this many bytes. */
    maxOutputLength?: number;
    /** Size of the pieces in which output is gathered. */
    chunkSize?: number;
    finishFlush?: number;
    params?: Record<number, number>;
  }
  export const constants: { ZSTD_c_compressionLevel: number; ZSTD_e_continue: number };
  export function gunzipSync(body: Uint8Array, options?: Options): Buffer;
  export function inflateSync(body: Uint8Array, options?: Options): Buffer;
  export function zstdCompressSync(body: Uint8Array, options?: Options): Buffer;
  export function zstdDecompressSync(body: Uint8Array, options?: Options): Buffer;
}
