import { describe, expect, it } from "vitest";
import { ask, json, post, TOKEN } from "./ask.ts";
import { bearer, makeKey, postJson } from "./auth/make-key.ts";
import { type OpenSocket, openSocket } from "./open-socket.ts";

const signIn = async (token: string): Promise<Record<string, string>> => {
  const answer = await postJson("/api/session", { token }, { "X-No-Key": "1" });
  return { Cookie: answer.headers.get("Set-Cookie")!.split(";")[0]!, Origin: "http://weir.test", "X-No-Key": "1" };
};

async function watch(
  service: string,
  headers: Record<string, string>,
): Promise<OpenSocket & { closed: Promise<number> }> {
  await json(post(`/ingest/${service}`, "a line"));
  const live = await openSocket(`/api/live?service=${service}`, headers);
  const closed = new Promise<number>((resolve) => live.socket.addEventListener("close", ({ code }) => resolve(code)));
  await live.frame(({ type }) => type === "hello");
  // The overview has to have heard of the watcher.
  await expect
    .poll(async () => (await (await ask("/metrics")).text()).includes(`service="${service}"`), { timeout: 10_000 })
    .toBe(true);
  await scheduler.wait(1_200);
  return Object.assign(live, { closed });
}

const isOpen = async (live: OpenSocket): Promise<void> => {
  await scheduler.wait(200);
  expect(live.socket.readyState).toBe(WebSocket.OPEN);
};

describe("a live socket", () => {
  it("is closed when its key is revoked, and others are not", async () => {
    const [gone, stays] = [await makeKey("read"), await makeKey("read")];
    const closing = await watch("revoked-live", bearer(gone.key));
    const staying = await openSocket("/api/live?service=revoked-live", bearer(stays.key));
    await json(ask(`/api/keys/${gone.id}`, { method: "DELETE" }));
    expect(await closing.closed).toBe(1008);
    await isOpen(staying);
    staying.close();
  });

  it("is closed when its session ends", async () => {
    const own = await signIn(TOKEN);
    const other = await signIn(TOKEN);
    const closing = await watch("signed-out-live", own);
    const staying = await openSocket("/api/live?service=signed-out-live", other);
    await ask("/api/session", { method: "DELETE", headers: own });
    expect(await closing.closed).toBe(1008);
    await isOpen(staying);
    staying.close();
  });

  it("is closed when all sessions end, the overview's too; those of keys stay", async () => {
    const headers = await signIn(TOKEN);
    const byKey = await openSocket("/api/live", {});
    const overview = await openSocket("/api/live", headers);
    const closed = new Promise<number>((resolve) =>
      overview.socket.addEventListener("close", ({ code }) => resolve(code)),
    );
    await ask("/api/session?everywhere=1", { method: "DELETE", headers });
    expect(await closed).toBe(1008);
    await isOpen(byKey);
    byKey.close();
  });
});
