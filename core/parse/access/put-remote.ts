import { isPrivateIp } from "../../fields/private-ip.ts";
import type { LogRecord } from "../../record.ts";
import { putAttr } from "../put-attr.ts";

/** BunkerWeb's request id, between ident and user. */
const REQUEST_ID = /^[0-9a-f]{32}$/;

/**
 * Puts what stands before the time of an access line: `host ident user`, with a virtual host or a list of forwarding
 * addresses before it or not (`www.example.com:443 10.0.0.2, 85.181.35.98 - bob`).
 *
 * Answers whether `rawOf` can write it back, undefined if these are not three words.
 */
export function putRemote(record: LogRecord, text: string): boolean | undefined {
  const words = text.split(" ");
  if (words.length < 3 || words[0] === "") return undefined;
  const remote = words.length === 3 || words[1] === "-" ? 1 : remoteWords(words);
  const [ident, ...user] = words.slice(remote);
  if (ident !== "-") putAttr(record, "ident", ident);
  if (user.length === 2 && (user[1] === "-" || REQUEST_ID.test(user[0]!))) putAttr(record, "request_id", user.shift());
  const name = user.join(" ");
  if (name !== "-" && name !== '"-"' && name !== "") record.user = name;
  putHosts(record, words.slice(0, remote));
  return text === `${record.ip ?? "-"} - ${record.user ?? "-"}`;
}

/** How many words stand before ident and user: an ident is nearly always `-`, so the first one tells. */
function remoteWords(words: string[]): number {
  const dash = words.indexOf("-", 2);
  return dash === -1 || dash > words.length - 2 ? words.length - 2 : dash;
}

function putHosts(record: LogRecord, words: string[]): void {
  const first = words[0]!;
  const isList = first.endsWith(",") || first.startsWith('"');
  if (words.length > 1 && !isList) putVirtualHost(record, first);
  const addresses = words
    .slice(words.length > 1 && !isList ? 1 : 0)
    .flatMap((word) => word.split(/[",]+/).filter(Boolean));
  const chosen = addresses.find((address) => address !== "-" && !isPrivate(address)) ?? addresses[0];
  if (chosen !== undefined && chosen !== "-") record.ip = chosen;
  if (addresses.length > 1) putAttr(record, "forwarded_for", addresses);
}

const isPrivate = (address: string): boolean => isPrivateIp(address) || address === "localhost" || address === "unix:";

function putVirtualHost(record: LogRecord, text: string): void {
  const port = /:(\d{1,5})$/.exec(text);
  const host = port && !text.slice(0, port.index).includes(":") ? text.slice(0, port.index) : text;
  if (host !== "-" && host !== "_") record.host = host;
  if (host !== text) putAttr(record, "server_port", Number(port![1]));
}
