/** CSI sequences (colours, cursor), OSC sequences (titles, links) ended by BEL or ST, and two-character escapes. */
const SEQUENCE = /\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,2048}(?:\x07|\x1b\\)|[@-Z\\^_=>])/g;

/** A line without the colours that a program writes for a terminal. Source: ECMA-48 §5.4. */
export const stripAnsi = (line: string): string => (line.includes("\x1b") ? line.replace(SEQUENCE, "") : line);

/** Colours as rsyslog (`#033[31m`) and JSON encoders (`\\u001b[31m`, `\\x1b[31m`) show them once they were escaped. */
const SHOWN = /(?:#033|\\u001[bB]|\\x1[bB]|\\033|\^\[)(?:\[[0-9;]{0,32}m)?/g;

/** A line without colours that were escaped on its way; for looking into it only, since they are part of it by now. */
export const stripShownAnsi = (line: string): string =>
  line.includes("\\") || line.includes("#033") || line.includes("^") ? line.replace(SHOWN, " ") : line;
