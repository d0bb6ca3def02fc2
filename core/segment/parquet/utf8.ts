/** Of texts as they are kept: one may begin with a byte order mark, and keeps it. */
export const utf8 = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });
