/** So many different filters as people have open: none, a status, a path, a word, a range, several at once. */
export function filtersOf(count: number): string[] {
  const kinds: ((at: number) => string)[] = [
    (at) => `status:>=${400 + at}`,
    (at) => `path:/${"abcdefghijklmnopqrstuvwxyz"[at % 26]}*`,
    (at) => `bytes:[${at * 100} TO ${at * 100 + 2_000}]`,
    (at) => `method:GET -status:${200 + at}`,
    (at) => `(status:404 OR status:500) ip:${at + 1}.*`,
    (at) => `Chrome -path:/${at}*`,
  ];
  return Array.from({ length: count }, (_, at) => (at === 0 ? "" : kinds[at % kinds.length]!(at)));
}
