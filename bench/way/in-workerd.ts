import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { build, type Rolldown } from "vite";
import { STEPS } from "./steps.ts";

export interface WayInWorkerd {
  /** Microseconds a line of each step, over all bodies once. */
  round(): Promise<number[]>;
  stop(): Promise<void>;
}

/** The same steps in a workerd of their own, timed from outside: each by what it adds to those before. */
export async function wayInWorkerd(bodies: readonly Uint8Array[], lines: number, table: Buffer): Promise<WayInWorkerd> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: [{ type: "ESModule", path: "worker.js", contents: await bundle() }],
      compatibilityDate: "2026-11-01",
      compatibilityFlags: ["nodejs_compat"],
    }),
  );
  const send = async (path: string, body?: Buffer, lengths = "") => {
    const response = await miniflare.dispatchFetch(`http://way${path}`, {
      method: body ? "POST" : "GET",
      headers: { lengths },
      body,
    });
    if (!response.ok) throw new Error(await response.text());
  };
  await send("/table", table);
  await send("/bodies", Buffer.concat(bodies), bodies.map(({ length }) => length).join(","));
  const upTo = async (steps: number) => {
    const startMs = performance.now();
    await send(`/run/${steps}`);
    return performance.now() - startMs;
  };
  return {
    async round() {
      const tookMs: number[] = [];
      for (let steps = 0; steps <= STEPS.length; steps++) tookMs.push(await upTo(steps));
      return STEPS.map((_, at) => ((tookMs[at + 1]! - tookMs[at]!) * 1_000) / lines);
    },
    stop: () => miniflare.dispose(),
  };
}

async function bundle(): Promise<string> {
  const outputs = (await build({
    configFile: false,
    logLevel: "error",
    build: {
      ssr: fileURLToPath(new URL("worker.ts", import.meta.url)),
      write: false,
      minify: false,
      target: "esnext",
    },
    ssr: { noExternal: true, target: "webworker" },
  })) as Rolldown.RolldownOutput;
  return outputs.output[0].code;
}
