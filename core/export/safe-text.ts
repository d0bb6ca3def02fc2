const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** JSON whose text does nothing to a terminal or a page: JSON.stringify leaves DEL, C1 controls and line separators as they are. */
export const safeJson = (value: unknown): string => safeJsonText(JSON.stringify(value));

/** The same for what is JSON already. */
export const safeJsonText = (json: string): string =>
  json.replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escaped);

/** A text with its control characters written out, but for tab and line ends. */
export const withoutControls = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, escaped);
