import type { SqlSchema } from "../../api/answers.ts";

interface SchemaListProps {
  schema: SqlSchema;
  onName: (name: string) => void;
  onExample: (sql: string) => void;
}

/** Every table with its columns: a click puts the name into the statement, an example takes its place. */
export const SchemaList = ({ schema, onName, onExample }: SchemaListProps) => (
  <div class="schema">
    {schema.tables.map(({ name, about, columns, examples }, at) => (
      <details key={name} open={at === 0}>
        <summary>
          <code>{name}</code>
        </summary>
        <p class="faint schema-about">{about}</p>
        <ul>
          {columns.map((column) => (
            <li key={column.name}>
              <button type="button" class="value" title={column.about} onClick={() => onName(column.name)}>
                <code>{column.name}</code>
                <span class="faint schema-about">{column.type}</span>
              </button>
            </li>
          ))}
        </ul>
        {examples.map((example) => (
          <button key={example} type="button" class="schema-example" onClick={() => onExample(example)}>
            <code>{example}</code>
          </button>
        ))}
      </details>
    ))}
  </div>
);
