const encoder = new TextEncoder();

/** SHA-256 of a text. Secrets are compared and looked up by it: how long that takes tells nothing of the secret. */
export const digestOf = (text: string): Promise<ArrayBuffer> => crypto.subtle.digest("SHA-256", encoder.encode(text));

export const hexOf = (digest: ArrayBuffer): string =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
