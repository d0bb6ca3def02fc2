/** Words of browsers and their engines that say nothing of the app around them. */
const ENGINE_WORDS = new Set(
  "Mozilla AppleWebKit KHTML Gecko Chrome Chromium Safari Version Mobile Firefox Trident MSIE Presto Build U2 NetType Language Config"
    .toLowerCase()
    .split(" "),
);

/** Name of the app that a text without the word `Mozilla` begins with: `Spotify/8.6 iOS/15`. */
export function appOf(text: string): string | undefined {
  const first = /^([A-Za-z0-9._ -]{2,40}?)\/v?\d/.exec(text);
  if (first === null) return undefined;
  const name = first[1]!;
  return ENGINE_WORDS.has(name.toLowerCase()) || /^(?:opera|dalvik|ucweb|nokia|samsung)/i.test(name) ? undefined : name;
}
