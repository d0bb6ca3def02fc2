interface SparklineProps {
  values: readonly number[];
  /** A CSS colour. */
  color: string;
  /** What it shows, for those who cannot see it. Without it the figures beside it say enough. */
  label?: string;
  isFilled?: boolean;
}

const WIDTH = 200;
const HEIGHT = 40;

/** A line without axes, as wide as its place. It begins at zero: a flat line is a steady rate, not a small one. */
export function Sparkline({ values: given, color, label, isFilled = true }: SparklineProps) {
  // One value is a level, not a point.
  const values = given.length === 1 ? [...given, ...given] : given;
  if (values.length === 0) return <svg class="sparkline" aria-hidden="true" />;
  const max = Math.max(...values, 0) * 1.08 || 1;
  const x = (at: number) => ((at / Math.max(1, values.length - 1)) * WIDTH).toFixed(1);
  const y = (value: number) => (HEIGHT - 1 - (value / max) * (HEIGHT - 3)).toFixed(1);
  const line = values.map((value, at) => `${at === 0 ? "M" : "L"}${x(at)} ${y(value)}`).join("");
  return (
    <>
      {label !== undefined && <span class="sr-only">{label}</span>}
      <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {isFilled && <path d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} fill={color} opacity="0.13" />}
        <path
          d={line}
          fill="none"
          stroke={color}
          stroke-width="1.6"
          stroke-linejoin="round"
          vector-effect="non-scaling-stroke"
        />
      </svg>
    </>
  );
}
