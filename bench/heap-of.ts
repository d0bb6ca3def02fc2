import type { Server } from "./with-server.ts";

interface HeapUsage {
  usedSize: number;
  backingStorageSize?: number;
}

const ANSWER_MS = 2_000;

/** Used heap of the Worker's isolate and the buffers outside of it, in MiB; undefined where the inspector does not tell. */
export async function heapOf({ inspectorPort }: Server): Promise<number | undefined> {
  if (inspectorPort === undefined) return undefined;
  try {
    const list = await fetch(`http://127.0.0.1:${inspectorPort}/json`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const targets = (await list.json()) as { id: string; webSocketDebuggerUrl: string }[];
    const target = targets.find(({ id }) => id.includes("weir"));
    const usage = target && (await usageOf(target.webSocketDebuggerUrl));
    return usage && (usage.usedSize + (usage.backingStorageSize ?? 0)) / 2 ** 20;
  } catch {
    return undefined;
  }
}

function usageOf(url: string): Promise<HeapUsage | undefined> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    const end = (usage: HeapUsage | undefined): void => {
      clearTimeout(late);
      socket.close();
      resolve(usage);
    };
    const late = setTimeout(() => end(undefined), ANSWER_MS);
    socket.onerror = () => end(undefined);
    socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: "Runtime.getHeapUsage" }));
    socket.onmessage = ({ data }) => {
      const { id, result } = JSON.parse(String(data)) as { id?: number; result?: HeapUsage };
      if (id === 1) end(result);
    };
  });
}
