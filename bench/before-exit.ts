/** What ends a process from outside: Ctrl-C, `kill` and `timeout`, a terminal that closes. By itself none of it is an exit. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const SIGNAL_NUMBERS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

const undo: (() => void)[] = [];

const undoAll = (): void => {
  for (const work of undo.splice(0).reverse()) work();
};

const endBy = (signal: (typeof SIGNALS)[number]): void => process.exit(128 + SIGNAL_NUMBERS[signal]);

/** Does `work`, which must not wait for anything, when this process ends before it is forgotten. Answers how to forget it. */
export function beforeExit(work: () => void): () => void {
  if (undo.length === 0) {
    process.on("exit", undoAll);
    for (const signal of SIGNALS) process.on(signal, endBy);
  }
  undo.push(work);
  return () => {
    const at = undo.indexOf(work);
    if (at >= 0) undo.splice(at, 1);
    if (undo.length > 0) return;
    process.off("exit", undoAll);
    for (const signal of SIGNALS) process.off(signal, endBy);
  };
}
