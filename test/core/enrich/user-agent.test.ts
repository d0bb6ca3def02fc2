import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agentOf } from "../../../core/enrich/user-agent/agent-of.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const IOS = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

describe("agentOf knows people's browsers", () => {
  it.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/126.0.0.0 Safari/537.36`,
      "Chrome",
      "Windows",
      "desktop",
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87`,
      "Edge",
      "Windows",
      "desktop",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox", "Linux", "desktop"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:2.0b4) Gecko/20100818 Firefox/4.0b4", "Firefox Beta", "Linux", "desktop"],
    [
      "Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)+Chrome/126.0.0.0+Safari/537.36",
      "Chrome",
      "Windows",
      "desktop",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
      "Safari",
      "Mac OS X",
      "desktop",
    ],
    [`${IOS} Version/17.5 Mobile/15E148 Safari/604.1`, "Mobile Safari", "iOS", "mobile"],
    [`${IOS} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`, "Chrome Mobile iOS", "iOS", "mobile"],
    [`${IOS} Mobile/15E148 Instagram 334.0.0`, "Instagram", "iOS", "mobile"],
    [
      `Mozilla/5.0 (Linux; Android 14; SM-S921B) ${WEBKIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
      "Samsung Internet",
      "Android",
      "mobile",
    ],
    [
      `Mozilla/5.0 (Linux; Android 7.0; CUBOT_NOTE_S Build/NRD90M) ${WEBKIT} Chrome/80.0.3987.99 Mobile Safari/537.36`,
      "Chrome Mobile",
      "Android",
      "mobile",
    ],
    [
      "Mozilla/5.0 (PlayStation 5 3.11) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15",
      "Safari",
      "PlayStation",
      "console",
    ],
    [
      `Mozilla/5.0 (Web0S; Linux/SmartTV) ${WEBKIT} Chrome/79.0.3945.79 Safari/537.36 WebAppManager`,
      "Chrome",
      "Web0S",
      "tv",
    ],
    [`Mozilla/5.0 (Windows NT 6.1; WOW64) ${WEBKIT} Spotify/1.0.9.133 Safari/537.36`, "Spotify", "Windows", "desktop"],
    ["Luminary/70 CFNetwork/976 Darwin/18.2.0", "Luminary", "iOS", "mobile"],
  ])("%s", (text, browser, os, device) => {
    expect(agentOf(text)).toEqual({ browser, os, device, bot: undefined });
  });
});

describe("agentOf knows programs", () => {
  it.each([
    ["curl/8.5.0", "curl"],
    ["Automattic Analytics Crawler/0.2;+http://wordpress.com/crawler/", "Automattic Analytics Crawler"],
    ["python-requests/2.31.0", "python-requests"],
    ["Go-http-client/1.1", "Go-http-client"],
    ["kube-probe/1.29", "kube-probe"],
    ["Prometheus/2.42.0", "Prometheus"],
    ["okhttp/4.12.0", "okhttp"],
    ["Twitterbot/1.0", "Twitterbot"],
    ["facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "FacebookBot"],
    ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot"],
    [
      `${IOS} Version/6.0 Mobile/10A5376e Safari/8536.25 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
      "Googlebot",
    ],
    [
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.0; +https://openai.com/gptbot)",
      "GPTBot",
    ],
    [
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
      "ClaudeBot",
    ],
    ["Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)", "Yahoo! Slurp"],
    ["Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)", "Sogou web spider"],
    ["Toms Spider 0.3", "Toms Spider"],
    ["Mozilla/5.0 (compatible; Goodzer/2.0; crawler@goodzer.com)", "Goodzer"],
    [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/126.0.0.0 Safari/537.36`, "HeadlessChrome"],
    ["MyCheck/1.0 (internal)", "MyCheck"],
  ])("%s", (text, bot) => {
    expect(agentOf(text)).toMatchObject({ browser: bot, device: "bot", bot });
  });
});

it.each(["-", "?", "Mozilla"])("says nothing of %j", (text) => {
  expect(agentOf(text)).toMatchObject({ os: undefined, device: undefined, bot: undefined });
});

it("answers any text without throwing", () => {
  const word = fc.constantFrom(
    "Mozilla/5.0",
    "(",
    ")",
    ";",
    "bot",
    "Android",
    "like Gecko",
    "+http://",
    "/",
    " ",
    "é",
    "CFNetwork/1",
    "crawler",
  );
  fc.assert(
    fc.property(
      fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 60 }),
      (words) => void agentOf(words.join(" ")),
    ),
  );
});

it("reads no more than the start of a long text", () => {
  expect(agentOf(`Mozilla/5.0 (compatible; Googlebot/2.1) ${"bot ".repeat(50_000)}`).bot).toBe("Googlebot");
});
