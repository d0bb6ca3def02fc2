/** Why a case is not met on purpose, by what its line or source holds. */
const REASONS: [format: string, holds: string, reason: string][] = [
  ["syslog_rfc3164", "-- MARK --", "rsyslog gives lines without a priority its own default; here they have none"],
  ["syslog_rfc5424", "\ufeff", "RFC 5424 §6.4: the byte order mark is not part of the message"],
  ["syslog_rfc5424", "\n", "a line break ends the line; what follows is a line of its own, joined by the sender"],
  ["timestamps", "13/Mar/2016:01:59:59", "a CLF time without zone is taken, in the service's zone"],
  ["timestamps", "-05:00 [WRN]", "the source cuts the zone off; here it counts"],
  ["timestamps", 'tz="', "the source takes the firewall's local time for UTC although the line tells its zone"],
  ["fail2ban_times", "PROXY.", "the source takes a time with zone +0300 for one of Zurich"],
  ["fail2ban_times", "cowrie", "the source takes a time in UTC for one of Zurich"],
  ["fail2ban_times", "[PDT ", "a zone before the date is not read"],
  ["fail2ban_times", "[CEST ", "a zone before the date is not read"],
  ["fail2ban_times", "Mar 7 02:09:33", "the source writes its expected date with one digit"],
];

export function reasonOf(format: string, line: string, source: string): string {
  const found = REASONS.find(([of, holds]) => of === format && (line.includes(holds) || source.includes(holds)));
  return found?.[2] ?? "not met";
}
