/** ua-parser-js's names of browsers where uap-core, which the field compares by, has another. */
const BROWSERS: Record<string, string> = {
  "Mobile Chrome": "Chrome Mobile",
  "Chrome WebView": "Chrome Mobile WebView",
  "Chrome Headless": "HeadlessChrome",
  "Mobile Firefox": "Firefox Mobile",
  "Firefox Focus": "Firefox Focus",
  GSA: "Google",
  "Opera Mobi": "Opera Mobile",
  "Opera Tablet": "Opera Tablet",
  "Android Browser": "Android",
  IEMobile: "IE Mobile",
  UCBrowser: "UC Browser",
  "MIUI Browser": "MiuiBrowser",
  Silk: "Amazon Silk",
  Yandex: "Yandex Browser",
  QQBrowser: "QQ Browser",
  QQBrowserLite: "QQ Browser Mini",
  Baidu: "Baidu Explorer",
  baidu: "Baidu Browser",
  WeChat: "WeChat Browser",
  "Vivo Browser": "VivoBrowser",
  OviBrowser: "Ovi Browser",
  PaleMoon: "Pale Moon",
  "UP.Browser": "Openwave",
  NokiaBrowser: "Nokia Browser",
  "Huawei Browser": "Huawei Browser",
  Dolfin: "Dolphin",
  Line: "LINE",
  "Maemo Browser": "MicroB",
};

/** Names that say only which engine is inside. */
const ENGINES = new Set(["WebKit", "Mozilla", "Gecko"]);

export function browserName(name: string | undefined, text: string): string | undefined {
  if (name === undefined || ENGINES.has(name))
    return text.includes("like Mac OS X") && text.includes("AppleWebKit") ? "Mobile Safari UI/WKWebView" : undefined;
  const mapped = BROWSERS[name] ?? name;
  if (mapped === "Safari" && text.includes("like Mac OS X")) return "Mobile Safari";
  if (mapped === "Edge" && /EdgA|EdgiOS|Windows Phone|Mobile/.test(text)) return "Edge Mobile";
  if (mapped === "Firefox" && /Android|Mobile|Tablet/.test(text)) return "Firefox Mobile";
  if (mapped === "Chrome" && /Android.*Mobile|Mobile.*Android|CriOS/.test(text)) return "Chrome Mobile";
  return mapped;
}

const SYSTEMS: Record<string, string> = {
  "Mac OS": "Mac OS X",
  macOS: "Mac OS X",
  "Chromium OS": "Chrome OS",
  Symbian: "Symbian OS",
  BlackBerry: "BlackBerry OS",
  "RIM Tablet OS": "BlackBerry Tablet OS",
  linux: "Linux",
  android: "Android",
  watchOS: "WatchOS",
  webOS: "webOS",
  "Windows Phone OS": "Windows Phone",
  redhat: "Red Hat",
  gentoo: "Gentoo",
  Series40: "Nokia Series 40",
  VIERA: "Panasonic",
};

export function osName(name: string | undefined, text: string): string | undefined {
  if (name === undefined) return osOfText(text);
  return SYSTEMS[name] ?? name;
}

/** What ua-parser-js does not look for: programs that name their system in words of their own. */
function osOfText(text: string): string | undefined {
  if (/CFNetwork\/.*Darwin\//.test(text)) return /x86_64|i386|MacBook|Mac_OS|Macintosh/.test(text) ? "Mac OS X" : "iOS";
  if (/\biOS\b|iPhone|iPad/i.test(text)) return "iOS";
  if (/android/i.test(text)) return "Android";
  if (/windows|win32|win64|cygwin|mingw/i.test(text)) return "Windows";
  if (/mac ?os|darwin|macintosh/i.test(text)) return "Mac OS X";
  if (/linux/i.test(text)) return "Linux";
  return undefined;
}
