import { signal } from "@preact/signals";

const KEY = "weir.queries";
const KEPT = 30;

export interface Asked {
  sql: string;
  atMs: number;
}

/** The statements that this browser asked, the latest first. */
export const asked = signal<readonly Asked[]>(read());

export function noteAsked(sql: string, atMs: number): void {
  asked.value = [{ sql, atMs }, ...asked.peek().filter((one) => one.sql !== sql)].slice(0, KEPT);
  write();
}

export function forgetAsked(): void {
  asked.value = [];
  write();
}

function write(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(asked.peek()));
  } catch {
    // Storage may be forbidden or full; the list then lasts as long as the page.
  }
}

function read(): Asked[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isAsked).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

const isAsked = (one: unknown): one is Asked =>
  typeof one === "object" &&
  one !== null &&
  typeof (one as Asked).sql === "string" &&
  typeof (one as Asked).atMs === "number";
