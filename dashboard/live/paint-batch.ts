/** A hidden page is not painted; what arrives meanwhile is taken in this often, so that it does not pile up. */
const HIDDEN_EVERY_MS = 1_000;

/** A function that lets `work` run once before the next paint, however often it is called until then. */
export function paintBatch(work: () => void): () => void {
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = undefined;
    work();
  };
  return () => {
    if (timer !== undefined) return;
    frame = requestAnimationFrame(run);
    timer = setTimeout(run, HIDDEN_EVERY_MS);
  };
}
