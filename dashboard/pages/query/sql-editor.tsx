import type { JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { SqlSchema } from "../../api/answers.ts";
import { Choices, movedChoice } from "../../filter/choices.tsx";
import { completeSql, type SqlCompletion } from "../../sql/complete-sql.ts";
import { piecesOf } from "../../sql/highlight.ts";

/** Of a line of the editor, as the style sheet says too. */
const LINE_PX = 20;
const LEAST_LINES = 7;
const MOST_LINES = 24;

interface SqlEditorProps {
  sql: string;
  schema: SqlSchema | undefined;
  /** Where the server found a fault, in characters from 1. */
  faultAt: number | undefined;
  onSql: (sql: string) => void;
  onRun: () => void;
}

/**
 * A field for a statement: a textarea whose text is see-through, above the same text in colours. Ctrl+Enter runs. Suggestions
 * take the arrow keys and Tab only while they are shown, so that Tab leaves the field as everywhere.
 */
export function SqlEditor({ sql, schema, faultAt, onSql, onRun }: SqlEditorProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const colors = useRef<HTMLPreElement>(null);
  const [found, setFound] = useState<SqlCompletion & { cursor: number }>();
  const [at, setAt] = useState(0);

  const look = () => {
    const { value, selectionStart: cursor, selectionEnd } = field.current!;
    const next = schema && cursor === selectionEnd ? completeSql(value, cursor, schema) : undefined;
    setFound(next && { ...next, cursor });
    setAt(0);
  };
  const put = (index: number) => {
    const { from, cursor, choices } = found!;
    const { text } = choices[index]!;
    const next = sql.slice(0, from) + text + sql.slice(cursor);
    const element = field.current!;
    onSql(next);
    element.value = next;
    element.setSelectionRange(from + text.length, from + text.length);
    setFound(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    const moved = found && movedChoice(key, at, found.choices.length);
    if (key === "Enter" && (event.ctrlKey || event.metaKey)) {
      setFound(undefined);
      onRun();
    } else if (!found) return;
    else if (moved !== undefined) setAt(moved);
    else if (key === "Tab" || key === "Enter") put(at);
    else if (key === "Escape") setFound(undefined);
    else return;
    event.preventDefault();
  };
  const lines = Math.min(MOST_LINES, Math.max(LEAST_LINES, sql.split("\n").length + 1));
  return (
    <div class="sql-editor" style={{ height: `${lines * LINE_PX + 20}px` }}>
      <pre ref={colors} aria-hidden="true">
        {coloured(sql, faultAt)}
        {"\n"}
      </pre>
      <textarea
        ref={field}
        aria-label="SQL statement"
        aria-describedby={`${id}-keys`}
        aria-autocomplete="list"
        {...(found ? { "aria-controls": id, "aria-activedescendant": `${id}-${at}` } : {})}
        autoComplete="off"
        autoCapitalize="off"
        spellcheck={false}
        wrap="off"
        value={sql}
        onInput={(event) => {
          onSql(event.currentTarget.value);
          look();
        }}
        onClick={() => setFound(undefined)}
        onBlur={() => setFound(undefined)}
        onScroll={({ currentTarget: { scrollTop, scrollLeft } }) => {
          colors.current!.scrollTop = scrollTop;
          colors.current!.scrollLeft = scrollLeft;
        }}
        onKeyDown={onKeyDown}
      />
      <span id={`${id}-keys`} class="sr-only">
        Control and Enter runs it
      </span>
      {found && (
        <Choices id={id} choices={found.choices} at={at} onPut={put} style={placeOf(sql, found.from, field.current)} />
      )}
    </div>
  );
}

/** Text is put in as text: no statement becomes markup. */
function coloured(sql: string, faultAt: number | undefined): JSX.Element[] {
  let end = 0;
  return piecesOf(sql).map(({ kind, text }) => {
    const from = end;
    end += text.length;
    const isFault = faultAt !== undefined && faultAt - 1 >= from && faultAt - 1 < end && kind !== "space";
    return (
      <span key={from} class={`sql-${kind} ${isFault ? "sql-fault" : ""}`}>
        {text}
      </span>
    );
  });
}

/** Below the word that is completed: every character is as wide as the next. */
function placeOf(sql: string, at: number, field: HTMLTextAreaElement | null): { top: string; left: string } {
  const before = sql.slice(0, at).split("\n");
  const top = before.length * LINE_PX + 12 - (field?.scrollTop ?? 0);
  return { top: `${top}px`, left: `calc(${before.at(-1)!.length}ch + 6px - ${field?.scrollLeft ?? 0}px)` };
}
