import { useEffect, useState } from "preact/hooks";
import type { SqlSchema } from "../../api/answers.ts";
import { Icon } from "../../icons/icon.tsx";
import {
  type Built,
  type Condition,
  type Measure,
  OPERATORS,
  type Operator,
  STEPS,
  sqlOfBuilt,
} from "../../sql/built.ts";

const MEASURES: readonly { of: Measure; label: string; isOfNumbers?: boolean }[] = [
  { of: "count", label: "number of rows" },
  { of: "distinct", label: "different values of" },
  { of: "sum", label: "sum of", isOfNumbers: true },
  { of: "avg", label: "average of", isOfNumbers: true },
  { of: "min", label: "least" },
  { of: "max", label: "greatest" },
];

const LIMITS = [10, 50, 100, 1_000];

const FIRST: Built = {
  table: "logs",
  measure: { of: "count", column: "" },
  by: ["level"],
  conditions: [],
  limit: 100,
};

/** Puts a statement together by choosing; it is written as one chooses, and can be changed by hand afterwards. */
export function Builder({ schema, onSql }: { schema: SqlSchema; onSql: (sql: string) => void }) {
  const [built, setBuilt] = useState(FIRST);
  const table = schema.tables.find(({ name }) => name === built.table) ?? schema.tables[0]!;
  const isText = (name: string) => table.columns.find((column) => column.name === name)?.type === "text";
  const change = (part: Partial<Built>) => {
    const next = { ...built, ...part };
    setBuilt(next);
    onSql(sqlOfBuilt(next, isText));
  };
  // What is chosen and what is written begin as one.
  useEffect(() => onSql(sqlOfBuilt(built, isText)), []);
  const { of } = built.measure;
  const measured = table.columns.filter(
    ({ type }) => type !== "text" || !MEASURES.find((one) => one.of === of)?.isOfNumbers,
  );
  const hasTime = table.columns.some(({ name }) => name === "ts_ms");
  const setCondition = (at: number, part: Partial<Condition>) =>
    change({ conditions: built.conditions.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  return (
    <div class="builder">
      <label>
        <span class="builder-word">Of</span>
        <select value={table.name} onChange={(event) => change({ ...FIRST, by: [], table: event.currentTarget.value })}>
          {schema.tables.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <div class="builder-row">
        <label>
          <span class="builder-word">the</span>
          <select
            value={of}
            onChange={(event) =>
              change({ measure: { of: event.currentTarget.value as Measure, column: measured[0]?.name ?? "" } })
            }
          >
            {MEASURES.map((measure) => (
              <option key={measure.of} value={measure.of}>
                {measure.label}
              </option>
            ))}
          </select>
        </label>
        {of !== "count" && (
          <select
            aria-label="Column"
            value={built.measure.column}
            onChange={(event) => change({ measure: { of, column: event.currentTarget.value } })}
          >
            {measured.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </div>
      <div class="builder-row">
        <label>
          <span class="builder-word">by</span>
          <select
            aria-label="Group by"
            value=""
            onChange={(event) => {
              const { value } = event.currentTarget;
              event.currentTarget.value = "";
              if (value !== "" && !built.by.includes(value)) change({ by: [...built.by, value] });
            }}
          >
            <option value="">add …</option>
            {hasTime && (
              <optgroup label="Time, in steps of">
                {Object.keys(STEPS).map((step) => (
                  <option key={step}>{step}</option>
                ))}
              </optgroup>
            )}
            <optgroup label="Columns">
              {table.columns.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </optgroup>
          </select>
        </label>
        {built.by.map((key) => (
          <button
            key={key}
            type="button"
            class="chip-value"
            aria-label={`Do not group by ${key}`}
            onClick={() => change({ by: built.by.filter((one) => one !== key) })}
          >
            {key} <Icon name="close" size={11} />
          </button>
        ))}
      </div>
      {built.conditions.map((condition, at) => (
        <div class="builder-row" key={at}>
          <label>
            <span class="builder-word">{at === 0 ? "where" : "and"}</span>
            <select
              value={condition.column}
              onChange={(event) => setCondition(at, { column: event.currentTarget.value })}
            >
              {table.columns.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          <select
            aria-label="Is"
            value={condition.operator}
            onChange={(event) => setCondition(at, { operator: event.currentTarget.value as Operator })}
          >
            {OPERATORS.map((operator) => (
              <option key={operator}>{operator}</option>
            ))}
          </select>
          {!condition.operator.startsWith("is ") && (
            <input
              aria-label="Value"
              value={condition.value}
              onInput={(event) => setCondition(at, { value: event.currentTarget.value })}
            />
          )}
          <button
            type="button"
            class="icon-button small"
            aria-label="Take the condition away"
            onClick={() => change({ conditions: built.conditions.filter((_, index) => index !== at) })}
          >
            <Icon name="close" size={13} />
          </button>
        </div>
      ))}
      <div class="builder-row">
        <button
          type="button"
          class="button small"
          onClick={() =>
            change({ conditions: [...built.conditions, { column: table.columns[0]!.name, operator: "=", value: "" }] })
          }
        >
          <Icon name="plus" size={13} /> Condition
        </button>
        <label>
          <span class="builder-word">at most</span>
          <select value={built.limit} onChange={(event) => change({ limit: Number(event.currentTarget.value) })}>
            {LIMITS.map((limit) => (
              <option key={limit}>{limit}</option>
            ))}
          </select>
        </label>
      </div>
    </div>
  );
}
