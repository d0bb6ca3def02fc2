/** Apps that say their name in words of their own, and what each is called. Asked before the general browser names. */
const APPS: [sign: RegExp, name: string][] = [
  [/\bCriOS\//, "Chrome Mobile iOS"],
  [/\bFxiOS\//, "Firefox iOS"],
  [/\[FB(?:AN|_IAB)\/(?:Messenger|MESSENGER)/, "Facebook Messenger"],
  [/musical_ly|\btrill_|BytedanceWebview/, "TikTok"],
  [/\bweibo/i, "Weibo"],
  [/Slack(?:_SSB)?\//, "Slack Desktop Client"],
  [/^Outlook-iOS\//, "Outlook-iOS"],
  [/\bMSOffice|Microsoft Outlook|ms-office/, "Outlook"],
  [/Outlook-Express/, "Windows Live Mail"],
  [/\(Ecosia ios/i, "Ecosia iOS"],
  [/SznProhlizec/, "Seznam prohlížeč"],
  [/QIHU 360|360SE|360EE/, "360 Secure Browser"],
  [/bdhonorbrowser|HonorBrowser/i, "Honor Browser"],
  [/AvastSecureBrowser/, "Avast Secure Browser"],
  [/AlohaBrowser/, "Aloha Browser"],
  [/115Browser/, "115 Browser"],
  [/MQQBrowser/, "QQ Browser Mobile"],
  [/UCMobile|UC ?Browser|UCWEB|\bUBrowser/, "UC Browser"],
  [/\bRobloxApp|ROBLOX/, "Roblox App"],
  [/mirall\/.*Nextcloud|Nextcloud-/, "Nextcloud"],
  [/^Pinterest/, "Pinterest"],
  [/\bGSA\//, "Google"],
  [/\bPTST\b/, "WebPageTest.org bot"],
  [/QtWebEngine/, "Qt Web Engine"],
  [/\bDdg\/|Mobile.*DuckDuckGo\/|Android.*DuckDuckGo\//, "DuckDuckGo Mobile"],
  [/\bOBS\//, "OBS Studio"],
  [/AdobeCEP/, "Adobe CEP"],
  [/\bLine\//, "LINE"],
  [/Obigo/, "Obigo"],
  [/^BrightSign/, "BrightSign"],
  [/\bADG\//, "AOL Desktop Gold Browser"],
  [/\bAOLShield\//, "AOL Shield Browser"],
  [/\bHola\//, "Hola Browser"],
  [/\bTenta\//, "Tenta Browser"],
  [/\bJiSu\//, "JiSu Browser"],
  [/\bDecentr\b/, "Decentr Web3 Browser"],
  [/\bMRCHROME\b/, "Mail.ru Chromium Browser"],
  [/^HipChat\b/, "HipChat Desktop Client"],
  [/Skype for Business/, "Skype"],
  [/\bPhantom\/(?:ios|android)\b/, "Phantom"],
  [/\bQtCarBrowser\b/, "QtCarBrowser"],
  [/\bLotus-Notes\//, "Lotus Notes"],
  [/\bHTTrack\b/, "HTTrack"],
  [/^QQBrowser\b/, "QQ Browser"],
  [/DolphinHD|^Dolphin /, "Dolphin"],
  [/^CFNetwork\b/, "CFNetwork"],
  // Esri's family: each program, then the kits that it is built with.
  [/\bcom\.esri\.earth|\barcgisearth\//, "ArcGIS Earth"],
  [/\barcgis-explorer\/|\bExplorer(?:-(?:Android|iOS)-|\/\d+ CFNetwork)/, "Explorer for ArcGIS"],
  [/\barcgis-(?:collector|aurora)\/|\bCollector(?:-(?:Android|iOS)-|\/\d+ CFNetwork)/, "Collector for ArcGIS"],
  [/\barcgis-workforce\/|\bWorkforce-(?:Android|iOS)-/, "Workforce for ArcGIS"],
  [/\bArcGIS(?:Runtime-|\.)Android\b/, "ArcGIS Runtime SDK for Android"],
  [/\bArcGIS(?:Runtime-|\.)iOS\b/, "ArcGIS Runtime SDK for iOS"],
  [/\bArcGIS(?:Runtime-|\.)NET\b/, "ArcGIS Runtime SDK for NET"],
  [/\bArcGIS(?:Runtime-|\.)Qt\b/, "ArcGIS Runtime SDK for Qt"],
];

/** Words of engines, systems and libraries that are no app: what a browser's text has anyway. */
const ENGINE_WORDS = new Set(
  (
    "mozilla applewebkit khtml gecko chrome chromium safari version mobile firefox trident msie presto build u2 nettype language languagetype config " +
    "electron atomshell nwjs webview wv uws t7 jssdk channel bytelocale region like ubuntu fedora debian suse centos gentoo kubuntu mint minefield " +
    "red hat profile midp configuration cldc untrusted mmp tablet touch net clr infopath windows linux android release browser crkey devicetype " +
    "windowswechat xweb mmwebid mmwebsdk webkit qtwebkit libcurl dalvik opera core hbbtv ce-html netcast smarttv model gtb lbbrowser"
  ).split(" "),
);

/** The base of many apps: beside these a further product in the text is the app itself. */
const BASES = new Set([
  "Chrome",
  "Chrome Mobile",
  "Chrome Mobile WebView",
  "Safari",
  "Mobile Safari",
  "Mobile Safari UI/WKWebView",
  "Android",
  "Electron",
  "Firefox",
]);

/**
 * The app whose text it is, where it is more than the browser inside: `… Chrome/107.0 Safari/537.36 LikeWise/97.6` → `LikeWise`,
 * `Luminary/70 CFNetwork/976` → `Luminary`.
 *
 * @param browser what the browser inside is called, if that is known
 */
export function appOf(text: string, browser: string | undefined): string | undefined {
  for (const [sign, name] of APPS) if (sign.test(text)) return name;
  if (!/^(?:Mozilla|Opera)\//.test(text)) return firstProduct(text);
  return browser === undefined || BASES.has(browser) ? furtherProduct(text) : undefined;
}

function firstProduct(text: string): string | undefined {
  const name = /^([A-Za-z0-9][A-Za-z0-9._ -]{1,40}?)\/v?\d/.exec(text)?.[1];
  if (name === undefined || ENGINE_WORDS.has(name.toLowerCase()) || /^(?:nokia|samsung|sonyericsson|lg)/i.test(name))
    return undefined;
  return name.replace(/-(?:iPad|iPhone|iOS)$/, "");
}

/** A name and a version of at least two numbers, outside of the remarks in brackets. */
const PRODUCT = /(?:^|\s)([A-Za-z0-9][A-Za-z0-9_-]{2,30})\/v?\d+\.\d/g;

function furtherProduct(text: string): string | undefined {
  for (const [, name] of text.replace(/\([^()]*\)/g, " ").matchAll(PRODUCT)) {
    if (!ENGINE_WORDS.has(name!.toLowerCase())) return name;
  }
  return undefined;
}
