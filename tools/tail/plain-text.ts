/** C0 and C1 controls, and what turns the direction of text: in a terminal they would move the cursor, or hide what follows. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text from a log as a terminal may show it: `\x1b` instead of an escape character. */
export const plainText = (text: string): string =>
  text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    if (character === "\t") return " ";
    if (character === "\n") return "↵";
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
  });
