import { expect, it } from "vitest";
import { inTurn, type Turn, took } from "../../../dashboard/api/ask-queue.ts";

/** Takes turns and notes what begins; each goes on until it is ended. */
function turns() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const take = (turn: Turn, signal = new AbortController().signal): Promise<void> =>
    inTurn(
      turn,
      () => {
        begun.push(turn.name);
        return new Promise<void>((resolve) => ends.set(turn.name, resolve));
      },
      signal,
    );
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
  const end = async (name: string): Promise<void> => {
    ends.get(name)!();
    await settle();
  };
  return { begun, take, settle, end };
}

it("runs two at once, in the order of asking", async () => {
  const { begun, take, settle, end } = turns();
  const all = ["a", "b", "c"].map((name) => take({ name }));
  await settle();
  expect(begun).toEqual(["a", "b"]);
  await end("b");
  expect(begun).toEqual(["a", "b", "c"]);
  await end("a");
  await end("c");
  await Promise.all(all);
});

it("runs what the page is looked at for alone and first, whoever asked before", async () => {
  const { begun, take, settle, end } = turns();
  const all = [take({ name: "chart" }), take({ name: "records", isFirst: true }), take({ name: "lists" })];
  await settle();
  expect(begun).toEqual(["records"]);
  await end("records");
  expect(begun).toEqual(["records", "chart", "lists"]);
  await end("chart");
  await end("lists");
  await Promise.all(all);
});

it("never begins what is no longer wanted when its turn comes, and goes on with the next", async () => {
  const { begun, take, settle, end } = turns();
  const abort = new AbortController();
  const unwanted = take({ name: "unwanted" }, abort.signal);
  abort.abort();
  await expect(unwanted).rejects.toThrow("abort");
  const next = take({ name: "next" });
  await settle();
  expect(begun).toEqual(["next"]);
  await end("next");
  await next;
});

it("knows how long the last work of a name took", async () => {
  await inTurn({ name: "slow" }, () => new Promise((resolve) => setTimeout(resolve, 20)), new AbortController().signal);
  expect(took.get("slow")).toBeGreaterThanOrEqual(15);
});
