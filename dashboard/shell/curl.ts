/** A command that asks this server the same; the token is the reader's to put in. */
export function curlOf(path: string, query: Record<string, string | number | undefined>): string {
  const address = new URL(path, location.origin);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") address.searchParams.set(name, String(value));
  }
  return `curl -H "Authorization: Bearer $WEIR_TOKEN" ${quoted(address.href)}`;
}

/** For a POSIX shell: a single quote ends the text, stands escaped, and begins it again. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
