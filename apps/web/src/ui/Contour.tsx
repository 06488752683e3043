/** The shape of a conversation: contact above the line, our side below, blue once an operator speaks. */

export type ContourTurn = {
  who: 'contact' | 'agent' | 'operator' /** 0 to 1: how much was said. */
  size: number
  flagged?: boolean
}

const CLASS = { contact: 'c', agent: 'a', operator: 'h' }

type Props = {
  turns: readonly ContourTurn[]
  width: number
  height: number
  gap?: number
  /** From this share of the width on, bars are dimmed: what has not happened yet. */
  dim?: number
  /** The finding in words; without it the drawing is silent. */
  label?: string
  /** Fill the box it stands in instead of keeping its proportions. */
  stretch?: boolean
}

export function Contour({ turns, width, height, gap = 1.2, dim = 2, label, stretch }: Props) {
  const bar = (width - gap * (turns.length - 1)) / Math.max(1, turns.length)
  const middle = height / 2
  return (
    <svg
      className="contour"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio={stretch ? 'none' : undefined}
      role="img"
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {turns.map((turn, i) => {
        const x = i * (bar + gap)
        const tall = Math.max(1.4, (middle - 1) * Math.min(1, turn.size))
        const above = turn.who === 'contact'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a turn is its place
          <g key={i}>
            <rect
              className={`${CLASS[turn.who]}${i / turns.length > dim ? ' dim' : ''}`}
              x={x.toFixed(1)}
              y={(above ? middle - 0.5 - tall : middle + 0.5).toFixed(1)}
              width={bar.toFixed(1)}
              height={tall.toFixed(1)}
              rx={Math.min(height > 60 ? bar / 2 : 1, bar / 2).toFixed(1)}
            />
            {turn.flagged && (
              <circle
                className="f"
                cx={(x + bar / 2).toFixed(1)}
                cy={above ? height - 1.6 : 1.6}
                r={Math.max(1.8, height / 50)}
              />
            )}
          </g>
        )
      })}
    </svg>
  )
}

/** A decorative shape that is always the same for the same seed: sign-in, first run, error pages. */
export function contourOf(
  seed: string,
  shape: { length: number; level?: number; operatorFrom?: number; flag?: number },
): ContourTurn[] {
  const { length, level = 1, operatorFrom = 1, flag } = shape
  const next = random(seed)
  const phase = next() * 6
  return Array.from({ length }, (_, i) => {
    const wave = 0.5 + 0.5 * Math.sin(i * 0.42 + phase) * Math.sin(i * 0.17 + phase * 2)
    const size = Math.min(1, 0.14 + wave * 0.5 + next() ** 1.5 * 0.42) * level
    const ours = i / length >= operatorFrom ? 'operator' : 'agent'
    return { who: i % 2 ? ours : 'contact', size, flagged: i === flag }
  })
}

function random(seed: string): () => number {
  let h = 2166136261
  for (const letter of seed) h = Math.imul(h ^ (letter.codePointAt(0) ?? 0), 16777619)
  return () => {
    h += 0x6d2b79f5
    let t = Math.imul(h ^ (h >>> 15), 1 | h)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
