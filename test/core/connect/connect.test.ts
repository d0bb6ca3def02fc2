import { describe, expect, it } from "vitest";
import { connect, connectionText } from "../../../core/connect/connect.ts";
import { SENDERS } from "../../../core/connect/registry.ts";

const TARGET = { origin: "https://logs.example.com", service: "web", key: "k-e+y/1=" };

describe("connect answers", () => {
  it("the configuration with the target's own words", () => {
    const connected = connect("curl", TARGET);
    expect(connected.ok && connected.value.run).toContain(
      '-H "Authorization: Bearer k-e+y/1=" --data-binary @access.log https://logs.example.com/ingest/web',
    );
  });

  it("an origin with its slash as one without", () => {
    expect(connect("curl", { ...TARGET, origin: "https://logs.example.com/" })).toEqual(connect("curl", TARGET));
  });

  it("the port where a sender has another default", () => {
    const text = (origin: string) => {
      const connected = connect("systemd-journal-upload", { ...TARGET, origin });
      return connected.ok ? connectionText(connected.value) : connected.detail;
    };
    expect(text("https://logs.example.com")).toContain(
      "URL=https://weir:k-e%2By%2F1%3D@logs.example.com:443/journald/web\n",
    );
    expect(text("http://127.0.0.1:8787")).toContain("@127.0.0.1:8787/journald/web\n");
    expect(text("http://[::1]")).toContain("@[::1]:80/journald/web\n");
  });

  it("whether the configuration was run", () => {
    const text = (name: string) => {
      const connected = connect(name, TARGET);
      return connected.ok ? connectionText(connected.value) : connected.detail;
    };
    expect(text("rsyslog")).toContain("run with this configuration by the project's tests");
    expect(text("datadog-agent")).toContain("written from its documentation");
  });
});

describe("connect refuses", () => {
  it.each([
    ["an unknown sender", "pigeon", {}, "unknown_sender"],
    ["a name that every object has", "constructor", {}, "unknown_sender"],
    ["a service that is none", "curl", { service: "a b" }, "invalid_service"],
    ["an origin with a path", "curl", { origin: "https://a/b" }, "invalid_origin"],
    ["an origin with a user", "curl", { origin: "https://u@a" }, "invalid_origin"],
    ["another scheme", "curl", { origin: "ftp://a" }, "invalid_origin"],
    ["a key that would need quotes", "curl", { key: 'a" b' }, "invalid_key"],
    ["no key", "curl", { key: "" }, "invalid_key"],
  ])("%s", (_what, name, change, reason) => {
    expect(connect(name, { ...TARGET, ...change })).toMatchObject({ ok: false, reason });
  });
});

it("names every sender once", () => {
  expect(new Set(SENDERS.map(({ name }) => name)).size).toBe(SENDERS.length);
});

describe.each(SENDERS)("$name", ({ name, title, config }) => {
  const { files, run, notes } = config(TARGET);
  const text = [...files.map((file) => file.text), run, ...notes].join("\n");

  it("has a plain name, a title and notes", () => {
    expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(title).not.toBe("");
    expect(notes.length).toBeGreaterThan(0);
    for (const note of notes) expect(note).toMatch(/\S[.]$/);
  });

  it("gives something to copy, that names host, service and key", () => {
    expect(files.length > 0 || run !== undefined).toBe(true);
    for (const part of ["logs.example.com", "web"]) expect(text).toContain(part);
    expect(text.includes(TARGET.key) || text.includes(encodeURIComponent(TARGET.key))).toBe(true);
  });

  it("names each file once, each ending with a newline", () => {
    expect(new Set(files.map((file) => file.name)).size).toBe(files.length);
    for (const file of files) expect(file.text).toMatch(/[^\n]\n$/);
  });

  it("leaves no value out", () => {
    expect(text).not.toMatch(/[/:="]undefined|NaN|\[object/);
  });

  it("says the same each time", () => {
    expect(config(TARGET)).toEqual({ files, run, notes });
  });
});
