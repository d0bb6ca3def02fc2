/** ua-parser-js's names of systems where uap-core has another. */
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
  "Windows Phone OS": "Windows Phone",
  redhat: "Red Hat",
  gentoo: "Gentoo",
  freebsd: "FreeBSD",
  ubuntu: "Ubuntu",
  debian: "Debian",
  fedora: "Fedora",
  centos: "CentOS",
  Series40: "Nokia Series 40",
};

/** Signs that tell more than the system's own word: phones that call themselves a desktop, televisions, apps with a network library. */
const SIGNS: [sign: RegExp, name: string][] = [
  [/CFNetwork\/.*(?:x86_64|i386|MacBook|iMac|Macmini|MacPro)/, "Mac OS X"],
  [/HbbTV.*?\b(Samsung|Philips|Panasonic|Sony|LG)/i, ""],
  [/Android.*CrKey/, "Chromecast Android"],
  [/Fuchsia.*CrKey/, "Chromecast Fuchsia"],
  [/CrKey.*SmartSpeaker/, "Chromecast SmartSpeaker"],
  [/CrKey/, "Chromecast Linux"],
  [/ZuneWP7|XBLWP7|\bwds \d/, "Windows Phone"],
  [/Symbian|Series ?60|\bS60/, "Symbian OS"],
  [/iPhone|iPad|iPod/, "iOS"],
  [/Silk-Accelerated|\bSilk\//, "Android"],
  [/\bRoku\//, "Roku"],
  [/Web0S/, "Web0S"],
  [/Maemo/, "Maemo"],
  [/GoogleTV/, "GoogleTV"],
  [/\bKindle\//, "Kindle"],
  [/\bWebTV\//, "WebTV"],
  [/\bBMP[ /]\d/, "Brew MP"],
  [/\bBREW\b/, "BREW"],
  [/FreeBSD/, "FreeBSD"],
  [/Linux; U; \d\.\d.*(?:UCWEB|QQBrowser)|QQBrowser.*Linux; U; /, "Android"],
  [/Linux; U; Adr \d/, "Android"],
  [/\bOculusBrowser\//, "Android"],
  [/^QQBrowser \(Linux; U; /, "Android"],
  [/Mac_PowerPC/, "Mac OS"],
];

const BRANDS: Record<string, string> = {
  samsung: "Samsung",
  philips: "Philips",
  panasonic: "Panasonic",
  sony: "Sony",
  lg: "LG",
};

/** The family of the operating system, in uap-core's names. */
export function osName(name: string | undefined, text: string): string | undefined {
  for (const [sign, system] of SIGNS) {
    const found = sign.exec(text);
    if (found === null) continue;
    // Phones of Microsoft say "like iPhone".
    if (system === "iOS" && name?.startsWith("Windows")) continue;
    return system === "" ? BRANDS[found[1]!.toLowerCase()] : system;
  }
  return name === undefined ? osOfText(text) : (SYSTEMS[name] ?? name);
}

/** What ua-parser-js does not look for: programs that name their system in words of their own. */
function osOfText(text: string): string | undefined {
  if (/CFNetwork\/.*Darwin\//.test(text) || /\biOS\b/i.test(text)) return "iOS";
  if (/android/i.test(text)) return "Android";
  if (/windows|win32|win64|cygwin|mingw/i.test(text)) return "Windows";
  if (/mac ?os|darwin|macintosh/i.test(text)) return "Mac OS X";
  if (/linux/i.test(text)) return "Linux";
  return undefined;
}
