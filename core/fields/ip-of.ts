import { isPrivateIp } from "./private-ip.ts";

/** `2001:0db8:…:192.168.100.100` and a zone of 15. */
const MAX_LENGTH = 60;

/**
 * The address in `10.0.0.1`, `10.0.0.1:443`, `[::1]:443`, or in a list as `X-Forwarded-For` has it; undefined where there is none.
 *
 * Of a list the first public address counts, else the last: proxies append to its end, and what they add is most often private.
 */
export function ipOf(text: string): string | undefined {
  if (isPlainIpv4(text)) return text;
  if (text.includes(",")) return ipOfList(text);
  if (text.length > MAX_LENGTH) return undefined;
  const bare = text.trim();
  if (bare.startsWith("[")) return bare.includes("]") ? ipOf(bare.slice(1, bare.indexOf("]"))) : undefined;
  const colon = bare.indexOf(":");
  const host = colon >= 0 && colon === bare.lastIndexOf(":") ? bare.slice(0, colon) : bare;
  return isIp(host) ? host : undefined;
}

/** Nothing but digits and three dots, as most addresses are written. */
function isPlainIpv4(text: string): boolean {
  if (text.length > 15) return false;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) dots++;
    else if (!(code >= 48 && code <= 57)) return false;
  }
  return dots === 3;
}

function ipOfList(text: string): string | undefined {
  const parts = text.split(",", 16);
  let last: string | undefined;
  for (const part of parts) {
    const ip = ipOf(part);
    if (ip === undefined) continue;
    if (!isPrivateIp(ip)) return ip;
    last = ip;
  }
  return last;
}

/** Whether a text has the letters and the shape of an IPv4 or IPv6 address; its numbers are not checked. */
export function isIp(text: string): boolean {
  let dots = 0;
  let colons = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) dots++;
    else if (code === 58) colons++;
    else if (code === 37) return colons > 1;
    else if (code >= 48 && code <= 57) continue;
    else if (colons === 0 && dots > 0) return false;
    else if (!((code >= 97 && code <= 102) || (code >= 65 && code <= 70))) return false;
  }
  return colons > 1 || (colons === 0 && dots === 3);
}
