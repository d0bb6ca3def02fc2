/// <reference path="./ua-parser-js.d.ts" />
import UAParser from "ua-parser-js";
import { flatText } from "../../flat-text.ts";
import { RecentCache } from "../../recent-cache.ts";
import { appOf } from "./app-of.ts";
import { browserName } from "./browser-name.ts";
import { osName } from "./os-name.ts";
import { programOf } from "./program-of.ts";

/** What a user agent text says of the one who sent it. Absent is `undefined`. */
export interface Agent {
  /** Family without version, in the names of uap-core: `Chrome Mobile`, `Mobile Safari`. */
  browser: string | undefined;
  os: string | undefined;
  device: string | undefined;
  bot: string | undefined;
}

/** Real traffic has some thousands of texts at a time; reading one takes 12-16 µs, remembering one 60 ns. */
const REMEMBERED = 10_000;
/** Longer ones are attacks; what comes after says nothing more. */
const MAX_TEXT = 400;

/** An agent, and its text as it is remembered (see `RecentCache`). */
interface KnownAgent {
  text: string;
  agent: Agent;
}

const remembered = new RecentCache<KnownAgent>(REMEMBERED);

export const agentOf = (text: string): Agent => knownAgent(text).agent;

export function knownAgent(text: string): KnownAgent {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  // Names that are cut out of it must not keep the body that it came in.
  const agent = readAgent(spaced(flatText(text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text)));
  const met = { text, agent };
  met.text = remembered.set(text, met);
  return met;
}

/** IIS and some proxies write each space as `+`. */
const spaced = (text: string): string =>
  text.includes(" ") || !text.includes(";+") ? text : text.replaceAll("+", " ");

function readAgent(text: string): Agent {
  const parser = new UAParser(text);
  const os = osName(parser.getOS().name, text);
  const bot = programOf(text);
  if (bot !== undefined) return { browser: bot, os, device: "bot", bot };
  const device = parser.getDevice();
  const inside = browserName(parser.getBrowser().name, text);
  const browser = appOf(text, inside) ?? inside;
  const isKnown = browser !== undefined || os !== undefined;
  return { browser, os, device: isKnown ? deviceClass(device.type, os, text) : undefined, bot: undefined };
}

const CLASSES: Record<string, string> = {
  mobile: "mobile",
  tablet: "tablet",
  smarttv: "tv",
  console: "console",
  wearable: "wearable",
  embedded: "embedded",
  xr: "wearable",
};

/** ua-parser-js names no type for computers, nor for phones that it does not know. */
function deviceClass(type: string | undefined, os: string | undefined, text: string): string {
  const known = type && CLASSES[type];
  if (known) return known;
  return os === "iOS" || /\bMobile\b|\bMobi\b|Opera Mini|MIDP/.test(text) ? "mobile" : "desktop";
}
