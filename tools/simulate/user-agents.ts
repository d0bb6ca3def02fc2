import { Random } from "./random.ts";

export interface UserAgent {
  text: string;
  /** How often it is seen, in proportion to the others. */
  weight: number;
  kind: "person" | "crawler" | "program";
}

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const WINDOWS = "Windows NT 10.0; Win64; x64";
const MAC = "Macintosh; Intel Mac OS X 10_15_7";
const LINUX = "X11; Linux x86_64";
const UBUNTU = "X11; Ubuntu; Linux x86_64";
const PHONES = ["SM-S928B", "SM-A556E", "SM-G991U", "Pixel 8", "Pixel 9 Pro", "2312DRA50G", "CPH2581", "M2101K6G"];

/** A family of browsers: the version goes through `text`; newer versions are seen more often. */
interface Family {
  weight: number;
  newest: number;
  versions: number;
  text: (version: number, random: Random) => string;
}

const chromeOn = (system: string) => (v: number) => `Mozilla/5.0 (${system}) ${WEBKIT} Chrome/${v}.0.0.0 Safari/537.36`;
const edgeOn = (system: string) => (v: number) => `${chromeOn(system)(v)} Edg/${v}.0.0.0`;
const firefoxOn = (system: string) => (v: number) => `Mozilla/5.0 (${system}; rv:${v}.0) Gecko/20100101 Firefox/${v}.0`;
const android = (v: number, random: Random) =>
  `Mozilla/5.0 (Linux; Android ${11 + random.int(6)}; ${random.pick(PHONES)}) ${WEBKIT} Chrome/${v}.0.0.0 Mobile Safari/537.36`;
/** Apple went from 18 straight to 26. */
const appleVersion = (v: number) => (v === 26 ? 26 : v - 7);
const apple = (device: string) => (v: number, random: Random) =>
  `Mozilla/5.0 (${device} OS ${appleVersion(v)}_${random.int(7)} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${appleVersion(v)}.${random.int(5)} Mobile/15E148 Safari/604.1`;

const FAMILIES: Family[] = [
  { weight: 26, newest: 144, versions: 14, text: chromeOn(WINDOWS) },
  { weight: 10, newest: 144, versions: 12, text: chromeOn(MAC) },
  { weight: 3, newest: 144, versions: 10, text: chromeOn(LINUX) },
  { weight: 1, newest: 144, versions: 6, text: chromeOn("X11; CrOS x86_64 14541.0.0") },
  { weight: 20, newest: 144, versions: 44, text: android },
  { weight: 7, newest: 144, versions: 10, text: edgeOn(WINDOWS) },
  { weight: 1, newest: 144, versions: 6, text: edgeOn(MAC) },
  { weight: 3, newest: 147, versions: 12, text: firefoxOn(WINDOWS) },
  { weight: 1.5, newest: 147, versions: 8, text: firefoxOn(UBUNTU) },
  { weight: 1, newest: 147, versions: 6, text: firefoxOn("Macintosh; Intel Mac OS X 10.15") },
  { weight: 0.5, newest: 147, versions: 5, text: firefoxOn("Android 14; Mobile") },
  { weight: 14, newest: 26, versions: 12, text: apple("iPhone; CPU iPhone") },
  { weight: 2, newest: 26, versions: 7, text: apple("iPad; CPU") },
  {
    weight: 5,
    newest: 26,
    versions: 10,
    text: (v, random) =>
      `Mozilla/5.0 (${MAC}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${appleVersion(v)}.${random.int(5)} Safari/605.1.15`,
  },
  {
    weight: 1.5,
    newest: 29,
    versions: 8,
    text: (v, random) =>
      `Mozilla/5.0 (Linux; Android 14; ${random.pick(PHONES)}) ${WEBKIT} SamsungBrowser/${v}.0 Chrome/${108 + v}.0.0.0 Mobile Safari/537.36`,
  },
  { weight: 1, newest: 125, versions: 6, text: (v) => `${chromeOn(WINDOWS)(v + 16)} OPR/${v}.0.0.0` },
];

const CRAWLERS: [weight: number, text: string][] = [
  [3, "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"],
  [1.5, "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"],
  [1.2, `Mozilla/5.0 ${WEBKIT.slice(0, -1)}; compatible; GPTBot/1.3; +https://openai.com/gptbot)`],
  [0.8, `Mozilla/5.0 ${WEBKIT.slice(0, -1)}; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)`],
  [0.6, "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)"],
  [0.8, "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"],
  [0.7, "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)"],
  [0.3, "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)"],
  [0.4, "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"],
  [0.2, "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"],
  [0.3, "CCBot/2.0 (https://commoncrawl.org/faq/)"],
  [0.5, "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)"],
];

const PROGRAMS: [weight: number, text: string][] = [
  [0.8, "curl/8.11.1"],
  [0.3, "curl/7.88.1"],
  [0.2, "Wget/1.21.4"],
  [0.9, "python-requests/2.32.3"],
  [0.4, "Python/3.12 aiohttp/3.10.10"],
  [0.8, "Go-http-client/1.1"],
  [0.5, "Go-http-client/2.0"],
  [0.7, "okhttp/4.12.0"],
  [0.4, "axios/1.7.9"],
  [0.2, "PostmanRuntime/7.43.0"],
  [0.3, "Apache-HttpClient/4.5.14 (Java/17.0.13)"],
  [0.6, "kube-probe/1.31"],
];

/** 200 user agents, the same on every call: people's browsers by version, crawlers, programs. */
export function userAgents(): UserAgent[] {
  const random = new Random(1);
  const list: UserAgent[] = [];
  for (const { weight, newest, versions, text } of FAMILIES) {
    const total = (1 - 0.75 ** versions) / 0.25;
    for (let age = 0; age < versions; age++) {
      list.push({ text: text(newest - age, random), weight: (weight * 0.75 ** age) / total, kind: "person" });
    }
  }
  for (const [weight, text] of CRAWLERS) list.push({ text, weight, kind: "crawler" });
  for (const [weight, text] of PROGRAMS) list.push({ text, weight, kind: "program" });
  return list;
}
