import type { RecordJson } from "../../core/record-json.ts";
import { chooseFilter, filterText } from "../address/scope.ts";
import { exclusionOf, withTerm } from "../address/terms.ts";
import { full } from "../format/time.ts";
import { Icon } from "../icons/icon.tsx";
import { FilterButton } from "../panels/filter-button.tsx";
import { CopyButton } from "../shell/copy-button.tsx";
import { fieldsOf, type RecordField } from "./record-fields.ts";

/** A record with everything that is known of it. */
export function RecordDetail({ record }: { record: RecordJson }) {
  return (
    <div class="detail">
      <div class="detail-head">
        <span class="faint">
          #{record.seq} of {record.service} · read as {record.parser} · {full(Date.parse(record.time))} · from{" "}
          {SOURCE_WORDS[record.source]}
        </span>
        <CopyButton text={() => JSON.stringify(record, null, 2)} label="Copy JSON" />
      </div>
      <dl class="fields">
        {fieldsOf(record).map((field) => (
          <FieldRow key={field.name} field={field} />
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

function FieldRow({ field: { name, text, isFilter } }: { field: RecordField }) {
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
      </dd>
    </div>
  );
}
