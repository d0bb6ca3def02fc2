import { criContentAt } from "../cri-content-at.ts";

/** A line without Kubernetes' wrapper; the line itself if it has none. */
export function contentOf(line: string): string {
  const at = criContentAt(line);
  return at === -1 ? line : line.slice(at);
}

/** Whether a wrapped line is a part that the next line goes on with: Kubernetes marks all parts but the last with a P. */
export function isPartial(line: string): boolean {
  const at = criContentAt(line);
  return at !== -1 && line.charCodeAt(at - 2) === 80;
}
