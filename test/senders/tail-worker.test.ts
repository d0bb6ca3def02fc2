import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startServer, type TestServer } from "../e2e/server.ts";
import { arrived } from "./arrived.ts";
import { configurationOf } from "./configuration.ts";

const APP = `export default {
  async fetch(request) {
    if (new URL(request.url).pathname === "/broken") throw new TypeError("no such item");
    console.log("served", { item: 7 });
    console.warn("nearly sold out");
    return new Response("ok");
  },
};`;

let server: TestServer;
let workers: Miniflare;

beforeAll(async () => {
  server = await startServer();
  const { files } = configurationOf("tail-worker", { origin: server.origin, service: "edge", key: server.token });
  const worker = (name: string, script: string, more: object) => ({
    name,
    modules: true,
    script,
    compatibilityDate: "2026-01-01",
    ...more,
  });
  workers = new Miniflare(
    convertV4MiniflareOptions({
      log: new Log(LogLevel.NONE),
      cf: false,
      workers: [
        worker("shop", APP, { tails: ["weir-tail"] }),
        worker("weir-tail", files[0]!.text, { bindings: { WEIR_KEY: server.token } }),
      ],
    }),
  );
  await workers.ready;
});
afterAll(async () => {
  await workers?.dispose();
  await server?.stop();
});

it("a Tail Worker with the configuration that is given out sends what a Worker says and throws", async () => {
  const shop = await workers.getWorker("shop");
  expect((await shop.fetch("http://shop.test/items/7")).status).toBe(200);
  await shop.fetch("http://shop.test/broken").catch(() => undefined);
  const records = await arrived({ url: server.origin, token: server.token }, "edge", 5, 15_000);
  expect(records).toHaveLength(5);
  const by = (message: RegExp) => records.find((record) => message.test(record.message ?? ""));
  expect(by(/^served/)).toMatchObject({ level: "info", app: "worker", message: 'served {"item":7}' });
  expect(by(/^nearly/)).toMatchObject({ level: "warn" });
  expect(by(/no such item/)).toMatchObject({ level: "error" });
  expect(by(/^worker ok/)).toMatchObject({ method: "GET", status: 200 });
});
