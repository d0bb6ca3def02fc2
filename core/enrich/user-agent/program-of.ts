/** Words by which crawlers call themselves, as part of a longer name too. */
const BOT = "bot(?!tle)|crawl|spider|archiver|scraper|indexer|slurp|fetcher|sleuth|nutch|roboter";
const BOT_WORD = new RegExp(`[\\w.!'-]*(?:${BOT})[\\w!-]*`, "i");
const BOT_ADDRESS = /(?:https?:|www\.)\S*(?:bot|crawl|spider)|(?:bot|crawl|spider)[\w.-]{0,64}@/i;
const ADDRESSES = /\+?https?:\/\/[^\s;,()]*|\bwww\.\S+|\S+@\S+|\S+ at \S+ dot \S+/gi;

/** Phones, and words that speak of crawlers. */
const NO_BOT = /^(?:cubot|robots?(?:\.txt)?$)/i;
/** Words that are a name only together with the one before: `Toms Spider`. */
const GENERIC = /^(?:web)?(?:bot|crawler|spider|archiver|scraper|indexer|fetcher|sleuth|slurp)$/i;

/** Tools, libraries and checks of health. Asked only where no crawler's word was found. */
const PROGRAMS = new RegExp(
  `(?<![A-Za-z0-9-])(${[
    // Command line and libraries.
    "curl|Wget|HTTPie|python-requests|Python-urllib|python-httpx|aiohttp|PycURL|Scrapy|Go-http-client|okhttp|libwww-perl|axios|node-fetch",
    "undici|got(?=/)|reqwest|ureq|Guzzle(?:Http)?|Faraday|rest-client|Apache-HttpClient|Jakarta Commons-HttpClient|Java(?=/\\d)|Dart(?=/\\d)",
    "WinHTTP|libcurl-agent|aws-(?:cli|sdk-[\\w-]+)|ibm-cos-sdk-[\\w-]+|Boto3?|grpc-[a-z-]+|Debian APT-HTTP|PostmanRuntime|insomnia",
    "rclone|Terraform|WordPress|Jersey|Mechanize",
    // Headless browsers and load.
    "HeadlessChrome|PhantomJS|Playwright|Chrome-Lighthouse|GTmetrix|ApacheBench|wrk|k6|vegeta|Siege|JMeter|Gatling",
    // Health and monitoring.
    "kube-probe|ELB-HealthChecker|GoogleHC|Prometheus|UptimeRobot|Pingdom|StatusCake|Site24x7|Datadog|NewRelicPinger|Zabbix|check_http",
    "CloudFront|HAProxy",
    // Previews and assistants without a crawler's word.
    "facebookexternalhit|meta-externalagent|WhatsApp(?=/)|ChatGPT-User|Claude-User|Claude-Web|anthropic-ai|Perplexity-User|GoogleOther",
    "Google-Extended|Mediapartners-Google|APIs-Google|Google-Read-Aloud|Google-InspectionTool|Google-Safety|ia_archiver|BingPreview",
    "Bytespider|SkypeUriPreview",
    // Scanners.
    "zgrab|masscan|Nmap|Nikto|sqlmap|nuclei|OpenVAS|CensysInspect|Expanse",
  ].join("|")})(?![A-Za-z])`,
  "i",
);

const NAMES: Record<string, string> = {
  facebookexternalhit: "FacebookBot",
  aiohttp: "Python aiohttp",
  OpenVAS: "OpenVAS Scanner",
};

/** Browsers, phones and the apps around them begin so; anything else that stands first is a program's own name. */
const LIKE_BROWSER =
  /^(?:Mozilla|Opera|Dalvik|UCWEB|JUC|QQ|MQQ|Nokia|SAMSUNG|SEC-|LG|SonyEricsson|BlackBerry|MOT-|SIE-|DoCoMo|KDDI|J-PHONE|Vodafone|HTC|ALCATEL|Huawei|ZTE|HbbTV|Roku|NetFront|Dolphin|iBrowser)/i;
/** An app on a person's device names the device or its network library. */
const ON_A_DEVICE =
  /CFNetwork|Darwin|Android|iPhone|iPad|iOS|Windows|Macintosh|Mac OS|Mobile|MIDP|Nintendo|X11|\bKHTML\b/i;

/** Name of the crawler, tool or check that sends a text; undefined where a person's browser or app does. */
export function programOf(text: string): string | undefined {
  const bot = botOf(text);
  if (bot !== undefined) return bot;
  const program = PROGRAMS.exec(text);
  if (program !== null) return NAMES[program[1]!] ?? program[1];
  return LIKE_BROWSER.test(text) || ON_A_DEVICE.test(text) ? undefined : firstName(text);
}

/** Some words in front of a version, the last of them a crawler's: `Automattic Analytics Crawler/0.1`, `Xenu's Link Sleuth 1.0p`. */
const LEADING =
  /^([A-Z\d][\w.'-]{1,30})(?: [A-Z][\w'()-]{1,30}){0,2} (?:[A-Z]\w*)?(?:Bot|Crawler|Spider|Archiver|Scraper|Indexer|Fetcher|Sleuth)(?=[ /]\d)/;

/** The word of a crawler, with the one before it where it needs that; the address of a crawler's page tells of one too. */
function botOf(text: string): string | undefined {
  const leading = LIKE_BROWSER.test(text) ? null : LEADING.exec(text);
  if (leading !== null && !NO_NAME.test(leading[1]!)) return leading[0];
  for (const part of text.replace(ADDRESSES, " ").split(/[;(),/+]/)) {
    const word = BOT_WORD.exec(part);
    if (word === null || NO_BOT.test(word[0])) continue;
    const before = wordBefore(part.slice(0, word.index));
    const name = word[0].replace(/[-_ ]v?\d[\d.]*$/i, "") || word[0];
    return GENERIC.test(name) && before !== undefined ? `${before} ${name}` : name;
  }
  return BOT_ADDRESS.test(text) ? nameBeside(text) : undefined;
}

function wordBefore(text: string): string | undefined {
  const words = text.trim().split(" ");
  const word = words.at(-1)!;
  if (word === "" || NO_NAME.test(word)) return undefined;
  // "Sogou web spider": the kind of a crawler is no name either.
  if (word === "web" && words.length > 1) return words.slice(-2).join(" ");
  return word.slice(word.lastIndexOf(".") + 1);
}

const NO_NAME = /^(?:v?\d[\w.]*|compatible|Mozilla|Gecko|Mobile|for|the|a|-)$/i;

/** `Mozilla/5.0 (compatible; Goodzer/2.0; crawler@goodzer.com)` → `Goodzer`. */
function nameBeside(text: string): string | undefined {
  return (
    /compatible; ?([^;/()]+?)(?=[/;)]| http| \+)/.exec(text)?.[1]?.trim() ??
    (LIKE_BROWSER.test(text) ? undefined : firstName(text))
  );
}

/** What a text begins with, up to its version or its remarks: `ZooShot 0.42` → `ZooShot`. */
function firstName(text: string): string | undefined {
  const name = /^[A-Za-z][A-Za-z0-9._ -]{1,40}?(?=[/(;,]|[ -]v?\d|$)/.exec(text.trim());
  return name?.[0].replace(/[ -]+$/, "");
}
