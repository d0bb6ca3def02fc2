/** A browser opens six connections to a host; links and the page itself need some, and the server has one thread. */
const AT_ONCE = 2;

interface Waiting {
  isFirst: boolean;
  start: () => void;
}

const waiting: Waiting[] = [];
let running = 0;
let firstRunning = 0;

/** How long the last work of a name took, its waiting apart, in milliseconds. Who asks no more takes his out. */
export const took = new Map<string, number>();

export interface Turn {
  name: string;
  /** What the page is looked at for: it passes those that wait, and nothing else begins beside it. */
  isFirst?: boolean | undefined;
}

/** Runs `work` when its turn comes, in the order of asking; not at all if it is no longer wanted by then. */
export async function inTurn<Value>(
  { name, isFirst = false }: Turn,
  work: () => Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  await new Promise<void>((start) => {
    waiting.push({ isFirst, start });
    // All that a page draws at once has asked by then.
    setTimeout(startNext);
  });
  try {
    signal.throwIfAborted();
    const startMs = Date.now();
    const value = await work();
    took.set(name, Date.now() - startMs);
    return value;
  } finally {
    running--;
    firstRunning -= Number(isFirst);
    startNext();
  }
}

function startNext(): void {
  while (waiting.length > 0 && running < AT_ONCE) {
    const first = waiting.findIndex(({ isFirst }) => isFirst);
    if (first < 0 && firstRunning > 0) return;
    const [next] = waiting.splice(Math.max(0, first), 1);
    running++;
    firstRunning += Number(next!.isFirst);
    next!.start();
  }
}
