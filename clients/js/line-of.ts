/**
 * The one line of text that stands for a thing to log.
 *
 * Objects travel as JSON. So does text of several lines, or a stack trace would arrive as forty records.
 * Text without anything in it is no record: the answer is undefined.
 */
export function lineOf(item: string | object): string | undefined {
  if (typeof item !== "string") return JSON.stringify(item);
  const text = item.endsWith("\n") ? item.trimEnd() : item;
  if (text.trim() === "") return undefined;
  return /[\r\n]/.test(text) ? JSON.stringify({ message: text }) : text;
}
