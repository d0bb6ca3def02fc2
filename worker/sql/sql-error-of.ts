import { ApiError } from "../errors.ts";

interface Place {
  /** The statement as it was sent, and as the database was asked. */
  sql: string;
  asked: string;
  /** From a place in `asked` to one in `sql`, in UTF-16 units. */
  shift: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What the database says of a statement that it does not understand, with the place; any other error as it is. */
export function sqlErrorOf(error: unknown, { sql, asked, shift }: Place): unknown {
  const found =
    /^(?:Error: )?D1_ERROR: (.+?)(?: at offset (\d+))?: SQLITE_(?:ERROR|TOOBIG|AUTH|MISMATCH|RANGE)\b/s.exec(
      String(error),
    );
  if (!found) return error;
  const [, message, offset] = found;
  if (offset === undefined) return new ApiError("invalid_sql", message!, { cause: error });
  // SQLite counts in bytes of UTF-8.
  const at = decoder.decode(encoder.encode(asked).slice(0, Number(offset))).length + shift;
  const column = Math.max(1, Math.min(at, sql.length) + 1);
  return new ApiError("invalid_sql", `column ${column}: ${message}`, {
    issues: [{ path: "sql", message: message!, column }],
    cause: error,
  });
}
