/** A browser opens six connections to a host; links and the page itself need some, and the server has one thread. */
const AT_ONCE = 2;

const waiting: (() => void)[] = [];
let running = 0;

/** Runs `work` when its turn comes, in the order of asking; not at all if it is no longer wanted by then. */
export async function inTurn<Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    signal.throwIfAborted();
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
