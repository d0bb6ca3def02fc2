export type ColumnType = "integer" | "real" | "text";

export interface ViewColumn {
  name: string;
  type: ColumnType;
  /** One line for a person who writes a statement. */
  about: string;
  /** Expression over the view's tables. */
  sql: string;
}

/** A table as a statement sees it: made of the stored ones for the length of the statement, so that it needs no migration. */
export interface View {
  name: string;
  about: string;
  columns: readonly ViewColumn[];
  /**
   * What follows the columns, from FROM on. Tables are named with `main.`, which no statement can take the place of; ?1 and ?2
   * are the range of time in milliseconds, ?3 the service or NULL. A view has all three of them or none.
   */
  from: string;
  /** Statements that show what it is good for. */
  examples: readonly string[];
}

export const column = (name: string, type: ColumnType, about: string, sql: string): ViewColumn => ({
  name,
  type,
  about,
  sql,
});

/** Epoch milliseconds as ISO 8601 in UTC. */
export const isoSql = (ms: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', ${ms} / 1000.0, 'unixepoch')`;

/** The service of a row is looked up first, so that a range of its time is one walk along the key. */
export const SERVICE_FIRST = "main.services s CROSS JOIN";
export const ASKED_SERVICE = "(?3 IS NULL OR s.name = ?3)";
