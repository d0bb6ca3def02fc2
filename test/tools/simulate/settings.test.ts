import { describe, expect, it } from "vitest";
import { settingsOf } from "../../../tools/simulate/settings.ts";

describe("settingsOf", () => {
  it("fills in what is not said", () => {
    expect(settingsOf(["--service", "shop"], { WEIR_TOKEN: "k" })).toMatchObject({
      service: "shop",
      site: { name: "shop" },
      rate: 200,
      seconds: 60,
      transport: "http",
      url: "http://127.0.0.1:8787",
      token: "k",
    });
  });

  it("pretends to be a website for a service of another name", () => {
    expect(settingsOf(["--service", "intranet"], {}).site.name).toBe("web");
  });

  it("runs for ever with 0 seconds and replays as fast as it goes with max", () => {
    const settings = settingsOf(["--service", "a", "--seconds", "0", "--speed", "max"], {});
    expect([settings.seconds, settings.speed]).toEqual([Infinity, Infinity]);
  });

  it.each([
    ["no service", []],
    ["a rate that is no number", ["--service", "a", "--rate", "many"]],
    ["a rate of nothing", ["--service", "a", "--rate", "0"]],
    ["an unknown preset", ["--service", "a", "--preset", "bank"]],
    ["an unknown transport", ["--service", "a", "--transport", "udp"]],
    ["an unknown option", ["--service", "a", "--fast"]],
  ])("refuses %s", (_name, args) => {
    expect(() => settingsOf(args, {})).toThrow();
  });
});
