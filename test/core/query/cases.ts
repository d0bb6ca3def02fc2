import { LogRecord } from "../../../core/record.ts";

/** What a filter must say about one record; the predicate and both databases are held to it. */
export interface Case {
  q: string;
  record: LogRecord;
  matches: boolean;
}

const record = (fields: Partial<LogRecord>): LogRecord => Object.assign(new LogRecord(), fields);

const access = record({
  message: "GET /api/Items?x=1_0 HTTP/1.1",
  method: "GET",
  path: "/api/Items?x=1_0",
  protocol: "HTTP/1.1",
  pathTemplate: "/api/:name",
  status: 503,
  bytes: 1_000,
  durationMs: 12.5,
  level: "error",
  ip: "10.16.0.7",
  userAgent: "Mozilla/5.0 (X11) Firefox/99.0",
  browser: "Firefox",
  referrer: "https://Example.com/",
  parser: "combined",
  flags: ["late", "cut"],
});
const bare = record({ message: "nothing else" });
const attrs = (value: Record<string, unknown>) => record({ attrs: value });
const at = (ip: string) => record({ ip });
const says = (message: string) => record({ message });

/** 60 characters: longer than a pattern of LIKE may be. */
const LONG = "0123456789abcdefghijklmnopqrst0123456789ABCDEFGHIJKLMNOPQRST";
const WIDE = "€".repeat(20);

const both = (record: LogRecord, matching: string[], missing: string[]): Case[] => [
  ...matching.map((q) => ({ q, record, matches: true })),
  ...missing.map((q) => ({ q, record, matches: false })),
];

export const CASES: Case[] = [
  ...both(
    access,
    [
      "",
      "*",
      "items",
      '"get /API"',
      "FIREFOX",
      "example.com",
      "it*?x",
      "1_0",
      "-teapot",
      "items 503 OR status:503",
      "10.16.",
      "10.16.0.7",
    ],
    ["get/api", "1%0", "10x0", '"items http"', "x*items", "10.17", "16", "combined"],
  ),
  ...both(
    access,
    [
      "path:/api/*",
      "path:*ITEMS*",
      "path:/API/items?X=1_0",
      "path:*",
      "method:get",
      "path_template:/api/:name",
      "browser:fire*",
      "user_agent:moz*99.0",
      "parser:combined",
      "message:get*1.1",
      "service:WEB",
      "service:w*",
    ],
    [
      "path:/api",
      "path:api*",
      "path:/api/items*1%0",
      "path:/api/Items?x=1_0a",
      "path:*x=1_01_0",
      "browser:fire",
      "user_agent:moz*99",
      "parser:json",
      "bot:*",
      "message:get",
      "service:we",
    ],
  ),
  ...both(
    access,
    [
      "status:503",
      "status:5xx",
      "status:>=503",
      "status:[503 TO 600}",
      "status:{502 TO 504}",
      "bytes:<=1000",
      "duration_ms:12.5",
      "level:error",
      "level:>warn",
      "level:[warn TO error]",
      "flags:late",
      "flags:cut",
    ],
    [
      "status:>503",
      "status:4xx",
      "status:{503 TO 504]",
      "status:[500 TO 503}",
      "bytes:<1000",
      "duration_ms:>12.5",
      "level:fatal",
      "level:<error",
      "flags:early",
    ],
  ),
  ...both(
    access,
    [
      "has:status",
      "has:level",
      "has:flags",
      "has:browser",
      "has:userAgent",
      "has:time",
      "has:service",
      "has:parser",
      "has:path_template",
    ],
    ["has:bot", "has:raw", "has:city", "has:foo", "has:trace_id"],
  ),
  ...both(
    bare,
    [
      "-path:/x",
      "-status:500",
      "-level:error",
      "-has:path",
      "-flags:late",
      "-ip:10.0.0.0/8",
      "-attrs.a:1",
      "-browser:x",
      "-attrs.a:>1",
      "NOT (path:/x OR status:1)",
      "-city:x",
      "parser:text",
      "-ip:::/0",
    ],
    [
      "path:/x",
      "status:<500",
      "level:<fatal",
      "has:flags",
      "has:pathTemplate",
      "ip:0.0.0.0/0",
      "message:nothing",
      "has:attrs.a",
      "-(nothing -path:/x)",
    ],
  ),
  ...both(record({ path: "/same", pathTemplate: "/same" }), ["path_template:/same", "has:path_template"], []),
  ...both(record({ path: "/only" }), ["path_template:/only", "has:path_template"], ["has:message"]),
  ...both(
    record({ method: "GET", path: "/x", protocol: "HTTP/1.1", message: "own words" }),
    ["own", "message:own*", "/x"],
    ['"get /x"', "message:get*"],
  ),
  ...both(
    record({ browser: "Safari", parser: "mine", pid: "7", userId: "U1" }),
    ["browser:safari", "parser:MINE", "pid:7", "user_id:u1", "has:parser"],
    ["safari", "pid:8", "has:os"],
  ),
  // Letters: ASCII folds, others do not, in words and in values, short and long.
  ...both(
    says("Größe ÉTÉ \u212Aelvin"),
    ["GRößE", "ÉtÉ", "message:GRÖSSE* OR message:größe*"],
    ["GRÖßE", "été", "kelvin", "message:*été*"],
  ),
  ...both(
    says(`x${LONG}y`),
    [
      LONG.toUpperCase(),
      `message:X${LONG.toLowerCase()}Y`,
      `message:x${LONG.toUpperCase()}*`,
      `message:*${LONG.toLowerCase()}y`,
      `01234*${LONG.slice(9).toLowerCase()}`,
      `message:x*${LONG.slice(2).toUpperCase()}*y`,
      `message:X0*${LONG.slice(5).toUpperCase()}Y`,
    ],
    [
      `${LONG}z`,
      `message:${LONG}*`,
      `message:x${LONG}`,
      `message:*${LONG}`,
      `message:x*${LONG.slice(1)}0*y`,
      `9*8*${LONG.slice(9, 61)}`,
    ],
  ),
  ...both(
    says(`ab${WIDE}cd`),
    [`AB${WIDE}CD`, `message:AB${WIDE}*D`, `message:*B${WIDE}CD`, `message:A*${WIDE}*d`, `b*${WIDE}*c`],
    [`message:b${WIDE}*`, `message:*${WIDE}c`, `message:ab*${WIDE}cd*cd`, `message:ab${WIDE}cd*cd`],
  ),
  ...both(
    says("a%b_c\\d*e?f[g]"),
    ["%b_c", "c\\\\d", "d\\*e", "e?f[g]", "message:a%b_*g]", "message:a*[g]"],
    ["%c", "b%c", "message:a%c*", "message:a*[f]*"],
  ),
  ...both(
    says("aXbXc"),
    ["message:a*b*c", "message:*x*x*", "a*c"],
    ["message:a*b*b*c", "message:a*bXb*c", "message:aXbXc*c", "c*a"],
  ),
  ...both(record({ message: "" }), ['message:""', "has:message", "-message:x"], ["message:a*"]),
  ...both(record({ raw: "first\nsecond" }), ['"first\nsecond"', "second", "raw:first*"], ["raw:first"]),
  // Attributes: types, lists, nesting, names with dots.
  ...both(
    attrs({ n: 42, s: "Abc", t: true, z: null, f: 0.1 + 0.2, big: 1e21 }),
    [
      "attrs.n:42",
      "n:42.0",
      "n:4.2e1",
      "n:4*",
      "attrs.s:aBC",
      "s:a*",
      "t:TRUE",
      "has:n",
      "has:t",
      "f:0.30000000000000004",
      "f:0.3*04",
      "big:1e21",
      "big:1e+*",
      "n:>41",
      "n:[42 TO 42]",
      "f:>0.3",
    ],
    ["n:043", "n:4", "s:ab", "z:null", "has:z", "has:q", "f:0.3", "n:>42", "s:>1", "t:>0", "t:1", "z:<1"],
  ),
  ...both(
    attrs({ n: "42", pad: " 7\n", lead: "007", word: "x1", exp: "1e3" }),
    ["n:42", "n:>41", "pad:>6", "exp:[1000 TO 1000]", "lead:007"],
    ["n:42.0", "lead:>1", "word:>0", "pad:7", "lead:7"],
  ),
  ...both(
    attrs({ list: ["a", 2, 0.30000000000000004, "30", [5], { x: 1 }], none: [] }),
    ["list:A", "list:2", "list:2*", "list:0.3*4", "list:>29", "has:list", "has:none"],
    ["list:5", "list:3", "list.x:1", "none:*x", "list:>30", "list:0.3"],
  ),
  ...both(
    attrs({ o: { a: { b: 1 }, "c.d": 2 }, "e.f": { g: 3 }, "h.i.j": 4, "k.l": 5 }),
    ["o.a.b:1", "o.c.d:2", "e.f.g:3", "h.i.j:4", 'attrs."k.l":5', "k.l:5", "has:o", "has:o.a", "has:e.f"],
    ["o:1", "o.a:1", "o:*", "k:5", "c.d:2", "has:k", "o:>0"].filter((q) => q !== "o:*"),
  ),
  ...both(
    attrs({ 'q"': 1, "k\\": 2, "": 3, "x y": 4, é: 5, __proto__x: 6, "0": 7 }),
    ['attrs."q\\"":1', 'attrs."k\\\\":2', 'attrs."":3', 'attrs."x y":4', "é:5", "attrs.0:7"],
    ["attrs.__proto__:x", "has:attrs.toString", "has:attrs.constructor", "has:attrs.__proto__.toString"],
  ),
  ...both(attrs(JSON.parse('{"__proto__":{"a":1}}')), ["has:attrs.__proto__", "attrs.__proto__.a:1"], ["a:1"]),
  ...both(
    attrs({ note: 'He said "Hi" to C:\\Temp', deep: { tags: ["Red", "blue"] }, k1: 5 }),
    ['"said \\"hi\\""', "C:\\temp", "red", "deep", "K1", "blue"],
    ["tempx", "hi\\\\", "c:\\\\\\\\temp"],
  ),
  // Addresses.
  ...both(
    at("10.16.0.7"),
    [
      "ip:10.0.0.0/8",
      "ip:10.16.0.0/15",
      "ip:::ffff:10.16.0.7",
      "ip:::FFFF:10.0.0.0/104",
      "ip:10.16.0.7/31",
      "ip:10.16.0.7",
      "ip:0.0.0.0/0",
      "ip:10.16.*",
      "ip:10.16.0.0/29",
      "ip:8.0.0.0/5",
    ],
    ["ip:10.0.0.0/12", "ip:10.18.0.0/15", "ip:11.0.0.0/8", "ip:10.16.0.70", "ip:::/0", "ip:10.16.0.8/29"],
  ),
  ...both(at("172.31.255.255"), ["ip:172.16.0.0/12"], ["ip:172.16.0.0/13"]),
  ...both(at("::FFFF:10.0.0.1"), ["ip:10.0.0.1", "ip:10.0.0.0/8", "ip:10.0.0.0/9"], ["ip:10.0.0.2", "ip:::/0"]),
  ...both(at("10.0.example.com"), ["ip:10.0.*"], ["ip:10.0.0.0/16", "ip:10.0.0.0/8"]),
  ...both(at("10.0.0.1.2"), [], ["ip:10.0.0.0/8"]),
  ...both(
    at("2001:DB8::1"),
    ["ip:2001:db8::/32", "ip:2001:db8:0:0::1", "ip:2001:db8::1", "ip:2001:db8::/127", "ip:2000::/3", "ip:::/0"],
    ["ip:2001:db9::/32", "ip:2001:db8::2", "ip:2001:db8:8000::/33", "ip:0.0.0.0/0"],
  ),
  ...both(at("::1"), ["ip:::1", "ip:::/96", "ip:0:0:0:0:0:0:0:1"], ["ip:1::", "ip:::2/127"]),
  ...both(at("1::"), ["ip:1::", "ip:1::/16"], ["ip:::1"]),
  ...both(at("2001:0db8:0:0:0:0:0:0005"), ["ip:2001:db8::5", "ip:2001:db8::4/126"], ["ip:2001:db8::5:0"]),
  ...both(at("2001:db8:1"), [], ["ip:2001:db8::/32"]),
  ...both(at('2001:db8::"'), [], ["ip:2001:db8::/32"]),
];
