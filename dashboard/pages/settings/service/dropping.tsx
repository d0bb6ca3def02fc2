import { LEVELS } from "../../../../core/record.ts";
import { DROP_FIELDS, type DropRule } from "../../../../core/settings.ts";
import { Icon } from "../../../icons/icon.tsx";
import { Panel } from "../../../panels/panel.tsx";
import { Choice, NumberInput } from "../field.tsx";
import type { PartProps } from "./part-props.ts";

const LEVEL_CHOICES = Object.fromEntries(LEVELS.map((level) => [level, level])) as Record<
  (typeof LEVELS)[number],
  string
>;

/** A rule of one field, as most are; one of several fields keeps the others. */
const ruleOf = (rule: DropRule): [field: string, pattern: string] => {
  const [field, pattern] = Object.entries(rule)[0] ?? ["path", ""];
  return [field, String(pattern)];
};

/** Which records are not wanted. */
export function Dropping({ settings, set }: PartProps) {
  const change = (at: number, field: string, pattern: string) =>
    set({
      drop: settings.drop.map((rule, index) => {
        if (index !== at) return rule;
        const { [ruleOf(rule)[0]]: _before, ...rest } = rule as Record<string, string>;
        return { [field]: pattern, ...rest } as DropRule;
      }),
    });
  const { sample } = settings;
  const keep = (percent: number | undefined) => {
    const share = percent === undefined ? 1 : percent / 100;
    set({ sample: share >= 1 ? undefined : { keep: share, alwaysFrom: sample?.alwaysFrom ?? "warn" } });
  };
  return (
    <Panel title="Dropping" note="counted by reason, never stored">
      {settings.drop.map((rule, at) => {
        const [field, pattern] = ruleOf(rule);
        const others = Object.keys(rule).length - 1;
        return (
          <div class="drop-rule" key={at}>
            <select
              aria-label={`Rule ${at + 1}, field`}
              value={field}
              onChange={(event) => change(at, event.currentTarget.value, pattern)}
            >
              {DROP_FIELDS.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <input
              class="mono"
              aria-label={`Rule ${at + 1}, value`}
              placeholder="/healthz or 2*"
              value={pattern}
              onInput={(event) => change(at, field, event.currentTarget.value)}
            />
            {others > 0 && <span class="faint">and {others} more</span>}
            <button
              type="button"
              class="icon-button small"
              aria-label={`Take rule ${at + 1} away`}
              onClick={() => set({ drop: settings.drop.filter((_, index) => index !== at) })}
            >
              <Icon name="close" size={13} />
            </button>
          </div>
        );
      })}
      <button
        type="button"
        class="button small"
        onClick={() => set({ drop: [...settings.drop, { path: "/healthz" }] })}
      >
        <Icon name="plus" size={13} /> Rule
      </button>
      <NumberInput
        label="Sampling"
        about="Share of records that are kept; 100 % keeps all."
        unit="%"
        min={0.1}
        max={100}
        step="any"
        value={sample ? Number((sample.keep * 100).toPrecision(4)) : 100}
        onNumber={keep}
      />
      {sample && (
        <Choice
          label="Always keep from"
          about="Every record of this level or a worse one."
          choices={LEVEL_CHOICES}
          value={sample.alwaysFrom}
          onChoice={(alwaysFrom) => set({ sample: { ...sample, alwaysFrom } })}
        />
      )}
    </Panel>
  );
}
