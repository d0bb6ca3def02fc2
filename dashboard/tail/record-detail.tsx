import type { RecordJson } from "../../core/record-json.ts";
import { chooseFilter, filterText } from "../address/scope.ts";
import { exclusionOf, withTerm } from "../address/terms.ts";
import { full } from "../format/time.ts";
import { Icon } from "../icons/icon.tsx";
import { FilterButton } from "../panels/filter-button.tsx";
import { CopyButton } from "../shell/copy-button.tsx";
import { fieldsOf, type RecordField } from "./record-fields.ts";

interface RecordDetailProps {
  record: RecordJson;
  /** Where records stand in columns: those that are shown, and how one is put there or taken away. */
  columns?: readonly string[];
  onColumn?: (name: string) => void;
}

/** A record with everything that is known of it. */
export function RecordDetail({ record, columns, onColumn }: RecordDetailProps) {
  return (
    <div class="detail">
      <div class="detail-head">
        <span class="faint">
          #{record.seq} of {record.service} · read as {record.parser} · {full(Date.parse(record.time))} · from{" "}
          {SOURCE_WORDS[record.source]}
        </span>
        {!onColumn && <CopyButton text={() => JSON.stringify(record, null, 2)} label="Copy JSON" />}
      </div>
      <dl class="fields">
        {fieldsOf(record).map((field) => (
          <FieldRow
            key={field.name}
            field={field}
            {...(onColumn ? { isColumn: columns?.includes(field.name) ?? false, onColumn } : {})}
          />
        ))}
      </dl>
      {record.raw !== undefined && (
        <>
          <div class="detail-head">
            <span class="faint">the line as received</span>
            <CopyButton text={() => record.raw ?? ""} label="Copy line" />
          </div>
          <pre class="raw">{record.raw}</pre>
        </>
      )}
    </div>
  );
}

const SOURCE_WORDS = { memory: "memory", database: "the database", archive: "the archive" } as const;

interface FieldRowProps {
  field: RecordField;
  isColumn?: boolean;
  onColumn?: (name: string) => void;
}

function FieldRow({ field: { name, text, isFilter }, isColumn = false, onColumn }: FieldRowProps) {
  return (
    <div class="field-row">
      <dt>{name}</dt>
      <dd>
        {isFilter ? (
          <FilterButton field={name} value={text}>
            {text}
          </FilterButton>
        ) : (
          text
        )}
        {isFilter && (
          <button
            type="button"
            class="icon-button small"
            aria-label={`Exclude ${name} ${text}`}
            title={`Leave out ${exclusionOf(name, text)}`}
            onClick={() => chooseFilter(withTerm(filterText.peek(), exclusionOf(name, text)))}
          >
            <Icon name="without" size={13} />
          </button>
        )}
        {onColumn && (
          <button
            type="button"
            class="icon-button small"
            aria-pressed={isColumn}
            aria-label={`Show ${name} as a column`}
            title={isColumn ? "Take the column away" : "Show as a column"}
            onClick={() => onColumn(name)}
          >
            <Icon name="columns" size={13} />
          </button>
        )}
      </dd>
    </div>
  );
}
