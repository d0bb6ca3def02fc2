import { ask } from "../worker/ask.ts";

/*
 * The attacks are named by what they are a case of: a requirement of OWASP ASVS 5.0.0 ("ASVS 1.2.4"), or a risk of the
 * OWASP API Security Top 10 of 2023 ("API4"). All go through the real Worker in the real runtime.
 */

/** A request without any credential. */
export const nobody = (path: string, init: RequestInit = {}): Promise<Response> =>
  ask(path, { ...init, headers: { "X-No-Key": "1", ...(init.headers as Record<string, string>) } });

/** What no answer may hold: a stack, a file of the Worker, a database's or a language's own words. */
export const INSIDES =
  /\bat [\w.<>]+ \(|\bat async |node_modules|\.ts:\d|\.js:\d|\/worker\/|D1_ERROR|SQLITE_|TypeError|RangeError|ReferenceError|SyntaxError|Cannot read prop|is not a function(?! that)|undefined is not/;

/** The address of a guesser, so that one test's wrong keys do not shut out another's. */
let next = 1;
export const newAddress = (): string => `192.0.2.${next++}`;
