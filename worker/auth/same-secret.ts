const encoder = new TextEncoder();

/** Whether two secrets are equal, in a time that tells nothing. Hashed first: timingSafeEqual throws on unequal lengths. */
export async function isSameSecret(given: string, expected: string): Promise<boolean> {
  const [a, b] = await Promise.all([digest(given), digest(expected)]);
  return crypto.subtle.timingSafeEqual(a, b);
}

const digest = (text: string): Promise<ArrayBuffer> => crypto.subtle.digest("SHA-256", encoder.encode(text));
