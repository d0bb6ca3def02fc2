/** What IIS writes by default since version 7. Source: Microsoft, W3C extended logging. */
const IIS =
  "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken".split(
    " ",
  );

/** Source: Amazon CloudFront, standard log file fields. */
const CLOUDFRONT =
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end".split(
    " ",
  );

const TAB = 9;
const SPACE = 32;
const DASH = 45;
const COLON = 58;

/** `GET /path`, three words after the date. */
const IIS_START = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [\da-fA-F.:]+ [A-Z]+ \//;

/** The columns of a line that no `#Fields` line came before; undefined unless it has a default shape. */
export function columnsOfShape(line: string): readonly string[] | undefined {
  if (line.charCodeAt(4) !== DASH || line.charCodeAt(7) !== DASH || line.charCodeAt(13) !== COLON) return undefined;
  if (line.charCodeAt(10) === TAB && line.charCodeAt(19) === TAB) return CLOUDFRONT;
  const isDated = line.charCodeAt(10) === SPACE && line.charCodeAt(19) === SPACE;
  return isDated && IIS_START.test(line) ? IIS : undefined;
}
