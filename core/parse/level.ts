import type { Level } from "../record.ts";

/** Every name of a level seen in syslog, Java, Python, Go, .NET, Node, databases and clouds, in lower case. */
const NAMES: Record<Level, string> = {
  trace: "trace trc verbose vrb silly spam finest finer trce",
  debug: "debug dbg dbug fine config deb",
  info: "info information informational inf notice note log http default success ok",
  warn: "warn warning wrn warnings",
  error: "error err eror severe failure fail errors",
  fatal: "fatal ftl crit critical panic dpanic emerg emergency alert",
};

const LETTERS: Record<string, Level> = {
  t: "trace",
  v: "trace",
  d: "debug",
  i: "info",
  n: "info",
  w: "warn",
  e: "error",
  f: "fatal",
  c: "fatal",
};

const LEVEL_OF_NAME = new Map<string, Level>();
for (const [level, names] of Object.entries(NAMES)) {
  for (const name of names.split(" ")) LEVEL_OF_NAME.set(name, level as Level);
}
for (const [letter, level] of Object.entries(LETTERS)) LEVEL_OF_NAME.set(letter, level);

/** As programs spell them: `warn`, `WARN`, `Warn`. */
for (const [name, level] of [...LEVEL_OF_NAME]) {
  LEVEL_OF_NAME.set(name.toUpperCase(), level);
  LEVEL_OF_NAME.set(name.charAt(0).toUpperCase() + name.slice(1), level);
}

/** Names sure enough in capitals between spaces; the others need brackets, a colon or a key around them. */
const SURE = new Set(
  "TRACE DEBUG INFO NOTICE WARN WARNING ERROR ERR SEVERE FATAL CRITICAL CRIT EMERG VERBOSE DBG INF WRN FTL".split(" "),
);

export interface NamedLevel {
  level: Level;
  /** No other word of a text is spelled so. */
  isSure: boolean;
  /** The same but for capitals: sure enough where loggers put their level. */
  isUsual: boolean;
}

const NAMED_LEVELS = new Map<string, NamedLevel>();
for (const [name, level] of LEVEL_OF_NAME) {
  NAMED_LEVELS.set(name, { level, isSure: SURE.has(name), isUsual: SURE.has(name.toUpperCase()) });
}

/** Lengths and first letters of the names, so that most words of a text are passed over without a look into the table. */
const IS_NAME_START = new Uint8Array(16 * 32);
for (const name of LEVEL_OF_NAME.keys()) IS_NAME_START[name.length * 32 + (name.charCodeAt(0) & 31)] = 1;

/** The level that a word between two indices of a line names, in one of the usual spellings. */
export function levelOfWordAt(line: string, from: number, end: number): NamedLevel | undefined {
  const length = end - from;
  if (length > 15 || IS_NAME_START[length * 32 + (line.charCodeAt(from) & 31)] === 0) return undefined;
  return NAMED_LEVELS.get(line.slice(from, end));
}

/** The longest name with a digit after it and brackets around. */
const MAX_NAME_CHARS = 20;

/** A level's name as a program wrote it on purpose (`WARNING`, `[err]`, `Debug2`, `E`); undefined for any other text. */
export function levelOfName(text: string): Level | undefined {
  if (text.length > MAX_NAME_CHARS) return undefined;
  const known = LEVEL_OF_NAME.get(text);
  if (known) return known;
  const name = text.toLowerCase().replace(/^[[(<\s]+|[\])>:\s]+$/g, "");
  return LEVEL_OF_NAME.get(name) ?? LEVEL_OF_NAME.get(name.replace(/[1-5]$/, ""));
}

/** Emergency, alert and critical have no names of their own here, and neither has notice. Source: RFC 5424 §6.2.1. */
const SYSLOG: Level[] = ["fatal", "fatal", "fatal", "error", "warn", "info", "info", "debug"];

/** TRACE-TRACE4, DEBUG-DEBUG4, …: four numbers a level from 1. Source: OpenTelemetry logs data model, SeverityNumber. */
const OTLP: Level[] = ["trace", "debug", "info", "warn", "error", "fatal"];

/** pino and bunyan: 10 a level from 10. */
const PINO: Level[] = OTLP;

/** Python's logging: 10 a level from 10; below is what libraries call trace. */
const PYTHON: Level[] = ["trace", "debug", "info", "warn", "error", "fatal"];

export type LevelScale = "syslog" | "pino" | "otlp" | "python";

/**
 * A level's number on a scale; between two levels it is the lower. undefined outside of the scale.
 *
 * Where the scale is not known, 0-7 are syslog's and the others pino's: no other widespread loggers write numbers only.
 */
export function levelOfNumber(value: number, scale: LevelScale = value < 8 ? "syslog" : "pino"): Level | undefined {
  switch (scale) {
    case "syslog":
      return SYSLOG[value];
    case "otlp":
      return OTLP[Math.floor((value - 1) / 4)];
    case "pino":
      return value > 0 && value < 100 ? PINO[Math.max(0, Math.min(Math.floor(value / 10) - 1, 5))] : undefined;
    case "python":
      return value > 0 && value < 100 ? PYTHON[Math.min(Math.floor(value / 10), 5)] : undefined;
  }
}

/** 5xx is the server's mistake, 4xx the client's. */
export function levelOfStatus(status: number): Level {
  return status >= 500 ? "error" : status >= 400 ? "warn" : "info";
}
