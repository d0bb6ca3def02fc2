/** As released, the same as in package.json: test/layout/version.test.ts holds them together. */
export const VERSION = "0.1.0";
