import { describe, expect, it } from "vitest";
import { adminTokenIn, findToken } from "../../../tools/sending/token.ts";

describe("findToken", () => {
  it("prefers what was given, then WEIR_TOKEN, then ADMIN_TOKEN", () => {
    expect(findToken("a", { WEIR_TOKEN: "b", ADMIN_TOKEN: "c" })).toBe("a");
    expect(findToken(undefined, { WEIR_TOKEN: "b", ADMIN_TOKEN: "c" })).toBe("b");
    expect(findToken(undefined, { ADMIN_TOKEN: "c" })).toBe("c");
  });
});

describe("adminTokenIn reads", () => {
  it.each([
    ["a bare value", "ADMIN_TOKEN=abc\n", "abc"],
    ["a quoted value", 'OTHER=1\nADMIN_TOKEN="a=b c"\n', "a=b c"],
    ["spaces around", "ADMIN_TOKEN = 'x' \r\n", "x"],
    ["no value", "ADMIN_TOKEN_OLD=abc\n", undefined],
  ])("%s", (_name, text, token) => {
    expect(adminTokenIn(text)).toBe(token);
  });
});
