const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

/** `NL` → `Netherlands`; what is no country code stays as it is. */
export function countryName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** `NL` → 🇳🇱, or undefined where this machine draws letters or boxes in its place. */
export function countryFlag(code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code) || !drawsFlags()) return undefined;
  return String.fromCodePoint(...[...code].map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 65));
}

let hasFlags: boolean | undefined;

/** A flag is one glyph, narrower than its two letters side by side; Windows and bare Linux have none. */
function drawsFlags(): boolean {
  if (hasFlags !== undefined) return hasFlags;
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return false;
  pen.font = "32px sans-serif";
  hasFlags = pen.measureText("🇳🇱").width < pen.measureText("🇳").width * 1.5;
  return hasFlags;
}
