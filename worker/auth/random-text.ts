const BYTES = 32;

/** 256 random bits as 43 characters of base64url: what nobody may guess. A UUID has 122, and OWASP ASVS 5.0.0 asks for 128 (7.2.3, 11.5.1). */
export const randomText = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(BYTES))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace("=", "");
