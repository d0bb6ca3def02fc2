/** Words by which crawlers and other programs call themselves, as part of a longer name too. */
const BOT_WORD = /bot(?!tle)|crawl|spider|archiver|scraper|indexer|slurp|fetcher|seeker|validator|nutch|sleuth/i;

/** Phones and places that only look like it. */
const NO_BOT = /^cubot|^https?:|^\+?http|^www\.|@|\.(?:com|org|net|jp|html?|php|txt)\b|^robots?$/i;

/** Programs of people and machines, bots without a telling name, and checks of health. */
const PROGRAMS =
  /(curl|Wget|python-requests|Python-urllib|python-httpx|aiohttp|Go-http-client|libwww-perl|okhttp|axios|node-fetch|undici|got(?=\/)|PostmanRuntime|insomnia|HTTPie|Scrapy|HeadlessChrome|PhantomJS|kube-probe|ELB-HealthChecker|GoogleHC|Prometheus|UptimeRobot|Pingdom|StatusCake|Site24x7|facebookexternalhit|meta-externalagent|WhatsApp(?=\/)|ChatGPT-User|Claude-User|Claude-Web|anthropic-ai|Perplexity-User|GoogleOther|Google-Extended|Mediapartners-Google|APIs-Google|FeedFetcher-Google|Google-Read-Aloud|ia_archiver|BingPreview|zgrab|masscan|Nmap|Nikto|sqlmap|nuclei|Chrome-Lighthouse|GTmetrix|Datadog|NewRelicPinger|Apache-HttpClient|Java(?=\/1|\/2|\/\d)|Ruby|rest-client|Faraday|Guzzle(?:Http)?|Symfony|Dart|reqwest|Embarcadero|WinHTTP|PycURL|aws-cli|Boto3?|grpc-[a-z]+|rclone|Terraform|Zabbix|Nagios|check_http|HAProxy|Varnish|CloudFront|WordPress|ApacheBench|wrk|k6|hey|vegeta|Siege|JMeter|Gatling)(?![A-Za-z])/i;

/** Browsers and the apps around them begin so; anything else that comes first is a program's own name. */
const STARTS_LIKE_BROWSER =
  /^(?:Mozilla|Opera|Dalvik|UCWEB|Nokia|SAMSUNG|LG|SonyEricsson|BlackBerry|MOT-|SIE-|DoCoMo|KDDI|J-PHONE|Vodafone|HTC)/i;

/** Name of the crawler, tool or check that sends a text; undefined where a person's browser or app does. */
export function programOf(text: string): string | undefined {
  const bot = botOf(text);
  if (bot !== undefined) return bot;
  const program = PROGRAMS.exec(text);
  if (program !== null) return program[1];
  return undefined;
}

function botOf(text: string): string | undefined {
  if (!BOT_WORD.test(text)) return undefined;
  const words = text.split(/[;(),\s]+/);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (!BOT_WORD.test(word) || NO_BOT.test(word)) continue;
    const name = nameIn(word);
    return isGeneric(name) && i > 0 && !STARTS_LIKE_BROWSER.test(words[i - 1]!)
      ? `${nameIn(words[i - 1]!)} ${name}`
      : name;
  }
  return undefined;
}

const isGeneric = (name: string): boolean => /^(?:web)?(?:bot|crawler|spider|archiver|scraper|indexer)$/i.test(name);

/** `IS/zcspider-0.1` → `zcspider`. */
function nameIn(word: string): string {
  const part = word.split("/").find((text) => BOT_WORD.test(text)) ?? word.split("/")[0]!;
  return part.replace(/[-_ ]?v?\d+(?:\.\d+)+$/i, "") || part;
}
