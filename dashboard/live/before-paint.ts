/** A hidden page is not painted; what arrives meanwhile is taken in this often, so that it does not pile up. */
const HIDDEN_EVERY_MS = 1_000;

const works = new Set<() => void>();
let frame = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Runs `work` once before the next paint, however often it is asked for until then. What several links brought is taken
 * in together, and so drawn once: between two callbacks of a frame the browser would let each be drawn by itself. What
 * `work` asks for in its turn still runs before the same paint.
 */
export function beforePaint(work: () => void): void {
  works.add(work);
  if (timer !== undefined) return;
  frame = requestAnimationFrame(run);
  timer = setTimeout(run, HIDDEN_EVERY_MS);
}

function run(): void {
  cancelAnimationFrame(frame);
  clearTimeout(timer);
  try {
    // A set's walk comes by what is put into it meanwhile.
    for (const work of works) {
      works.delete(work);
      work();
    }
  } finally {
    timer = undefined;
  }
}
