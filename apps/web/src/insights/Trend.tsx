/** A small line of how often something was: one bar a day or week, with its numbers for those who cannot see it. */
export function Trend({ values, label }: { values: readonly number[]; label: string }) {
  const most = Math.max(1, ...values)
  const width = 84
  const step = width / values.length
  return (
    <svg className="trend" viewBox={`0 0 ${width} 22`} role="img" aria-label={label} preserveAspectRatio="none">
      <path className="base" d={`M0 21.5H${width}`} />
      {values.map((value, at) =>
        value === 0 ? null : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in time
            key={at}
            x={at * step}
            y={21 - (value / most) * 19}
            width={Math.max(1, step - 1)}
            height={(value / most) * 19}
            rx="0.8"
          />
        ),
      )}
    </svg>
  )
}
