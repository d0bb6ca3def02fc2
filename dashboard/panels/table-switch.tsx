import { Icon } from "../icons/icon.tsx";

interface TableSwitchProps {
  asTable: boolean;
  onChange: (asTable: boolean) => void;
  /** Which figures, for the button's name. */
  of: string;
}

/** Between a chart and the table that says the same. */
export const TableSwitch = ({ asTable, onChange, of }: TableSwitchProps) => (
  <button
    type="button"
    class="icon-button"
    aria-pressed={asTable}
    aria-label={`Show ${of} as a table`}
    title={asTable ? "Show as a chart" : "Show as a table"}
    onClick={() => onChange(!asTable)}
  >
    <Icon name={asTable ? "chart" : "table"} size={15} />
  </button>
);
