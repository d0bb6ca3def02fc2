/** CSI sequences (colours, cursor), OSC sequences (titles, links) ended by BEL or ST, and two-character escapes. */
const SEQUENCE = /\x1b(?:\[[0-?]{0,64}[ -/]{0,8}[@-~]|\][^\x07\x1b]{0,2048}(?:\x07|\x1b\\)|[@-Z\\^_=>])/g;

/** A line without the colours that a program writes for a terminal. Source: ECMA-48 §5.4. */
export const stripAnsi = (line: string): string => (line.includes("\x1b") ? line.replace(SEQUENCE, "") : line);
