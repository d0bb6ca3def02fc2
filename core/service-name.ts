const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const MAX_NAME = 63;

export const isServiceName = (text: string): boolean => NAME.test(text);

/**
 * The service name in a sender's own label: `My App/web` → `my-app-web`; undefined where no letter or digit is left.
 *
 * The date of an index goes (`logs-2026.11.22` → `logs`): it would make a new service every day.
 */
export function toServiceName(text: string): string | undefined {
  if (isServiceName(text) && !ENDS_IN_DATE.test(text)) return text;
  const name = text
    .slice(0, 256)
    .toLowerCase()
    .replace(ENDS_IN_DATE, "")
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "")
    .slice(0, MAX_NAME)
    .replace(/[._-]+$/, "");
  return name === "" ? undefined : name;
}

const ENDS_IN_DATE = /[._-]\d{4}[.-]\d\d(?:[.-]\d\d)?$/;
