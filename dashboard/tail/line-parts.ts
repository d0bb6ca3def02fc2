import type { RecordJson } from "../../core/record-json.ts";
import { countryName } from "../format/country.ts";
import { bytes, duration } from "../format/number.ts";

/** A record in one line: its text, and in fewer words what else it says. */
export interface LineParts {
  text: string;
  /** Faint, after the text. */
  extras: string[];
}

/** Attributes that fit beside a message. */
const SHOWN_ATTRIBUTES = 4;
/** A line is one line: what is longer is seen when it is opened. */
const MAX_TEXT = 600;

export function linePartsOf(record: RecordJson): LineParts {
  if (record.method && record.path && record.status !== undefined)
    return accessParts(record, record.method, record.path);
  const text = record.message ?? record.event ?? record.raw ?? attributesText(record.attrs, 12);
  const attributes =
    record.message === undefined && !record.event && !record.raw ? "" : attributesText(record.attrs, SHOWN_ATTRIBUTES);
  return { text: cut(text), extras: [attributes, ...measures(record)].filter((part) => part !== "") };
}

function accessParts(record: RecordJson, method: string, path: string): LineParts {
  const { browser, bot, os, country } = record;
  const who = [bot ?? browser, bot ? undefined : os, country && countryName(country)].filter(Boolean).join(" · ");
  return { text: cut(`${method} ${path}`), extras: [...measures(record), who].filter((part) => part !== "") };
}

function measures({ durationMs, bytes: size }: RecordJson): string[] {
  return [durationMs === undefined ? "" : duration(durationMs), size === undefined ? "" : bytes(size)];
}

function attributesText(attrs: RecordJson["attrs"], most: number): string {
  const parts = Object.entries(attrs ?? {}).slice(0, most);
  return cut(
    parts.map(([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`).join(" "),
  );
}

const cut = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
