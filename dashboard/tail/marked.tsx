/** Text with every occurrence of `mark` in a mark element, whatever its case. */
export function Marked({ text, mark }: { text: string; mark: string }) {
  if (mark === "") return <>{text}</>;
  return <>{partsOf(text, mark).map((part, at) => (at % 2 === 0 ? part : <mark key={at}>{part}</mark>))}</>;
}

/** Every second part is an occurrence. */
export function partsOf(text: string, mark: string): string[] {
  const literal = mark.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.split(new RegExp(`(${literal})`, "gi"));
}
