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
  if (mapped === "Firefox" && /Firefox\/\d+\.\d+[ab]\d/.test(text))
    return /Firefox\/\d+\.\d+a/.test(text) ? "Firefox Alpha" : "Firefox Beta";
  // A build of the night: the engine's version has a plus sign.
  if (mapped === "Safari" && /AppleWebKit\/[\d.]+\+ /.test(text)) return "WebKit Nightly";
  if (mapped === "Firefox" && /Android|Mobile|Tablet/.test(text)) return "Firefox Mobile";
  if (mapped === "Chrome" && /Android.*Mobile|Mobile.*Android|CriOS/.test(text)) return "Chrome Mobile";
  return mapped;
}
