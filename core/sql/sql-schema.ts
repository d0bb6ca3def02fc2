import { FUNCTIONS, TABLE_FUNCTIONS } from "./functions.ts";
import { MAX_TABLES } from "./statement-reader.ts";
import { VIEWS } from "./views/registry.ts";

export interface SqlSchema {
  tables: {
    name: string;
    about: string;
    columns: { name: string; type: string; about: string }[];
    examples: readonly string[];
  }[];
  functions: string[];
  tableFunctions: string[];
  limits: { rows: number; characters: number; tables: number };
}

/** What a statement may read and call, for a person who writes one and for completion. */
export const sqlSchema = ({ maxRows, maxChars }: { maxRows: number; maxChars: number }): SqlSchema => ({
  tables: VIEWS.map(({ name, about, columns, examples }) => ({
    name,
    about,
    columns: columns.map((column) => ({ name: column.name, type: column.type, about: column.about })),
    examples,
  })),
  functions: [...FUNCTIONS],
  tableFunctions: [...TABLE_FUNCTIONS],
  limits: { rows: maxRows, characters: maxChars, tables: MAX_TABLES },
});
