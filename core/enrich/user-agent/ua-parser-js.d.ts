/** What is used of ua-parser-js 1.x, which ships no types. */
declare module "ua-parser-js" {
  export default class UAParser {
    constructor(userAgent: string);
    getBrowser(): { name?: string; version?: string };
    getOS(): { name?: string; version?: string };
    getDevice(): { type?: string; vendor?: string; model?: string };
  }
}
