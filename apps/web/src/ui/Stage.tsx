/** A stage: a glyph whose form says where in the pipeline it stands, and its name. */
import type { ReactNode } from 'react'

export type StageCategory = 'open' | 'waiting' | 'won' | 'lost' | 'ignored'
/** `auto`: the colour of its own glyph. */
export type StageColor = 'auto' | 'grey' | 'violet' | 'teal' | 'green' | 'amber' | 'red'
type Glyph = { colour: string; form: number | 'clock' | 'check' | 'dash' | 'info' | 'cross' | 'ban' }

/** The stages every workspace starts with have a glyph of their own; others take their category's. */
const BY_KEY: Record<string, Glyph> = {
  in_progress: { colour: 'text-3', form: 0.25 },
  opportunity: { colour: 'contact', form: 0.5 },
  potential_customer: { colour: 'contact', form: 0.75 },
  quote_request: { colour: 'teal', form: 0.75 },
  follow_up: { colour: 'warn', form: 'clock' },
  contacted: { colour: 'ok', form: 'check' },
  waiting_response: { colour: 'warn', form: 'dash' },
  info_only: { colour: 'text-3', form: 'info' },
  not_interested: { colour: 'text-3', form: 'cross' },
  spam: { colour: 'bad', form: 'ban' },
}
const BY_CATEGORY: Record<StageCategory, Glyph> = {
  open: { colour: 'contact', form: 0.5 },
  waiting: { colour: 'warn', form: 'dash' },
  won: { colour: 'ok', form: 'check' },
  lost: { colour: 'text-3', form: 'cross' },
  ignored: { colour: 'text-3', form: 'info' },
}

const INKS: Record<Exclude<StageColor, 'auto'>, string> = {
  grey: 'text-3',
  violet: 'contact',
  teal: 'teal',
  green: 'ok',
  amber: 'warn',
  red: 'bad',
}

type GlyphProps = { stageKey: string; category: StageCategory; color?: StageColor }

export function StageGlyph({ stageKey, category, color = 'auto' }: GlyphProps) {
  const { colour, form } = BY_KEY[stageKey.replaceAll('-', '_')] ?? BY_CATEGORY[category]
  const ink = `var(--${color === 'auto' ? colour : INKS[color]})`
  return (
    <svg className="sg" viewBox="0 0 14 14" aria-hidden>
      {form !== 'check' && (
        <circle
          cx="7"
          cy="7"
          r="5.6"
          fill="none"
          stroke={ink}
          strokeWidth="1.5"
          strokeDasharray={form === 'dash' ? '1.6 1.9' : undefined}
        />
      )}
      {inside(form, ink)}
    </svg>
  )
}

function inside(form: Glyph['form'], ink: string): ReactNode {
  const line = { fill: 'none', stroke: ink, strokeWidth: 1.5, strokeLinecap: 'round' as const }
  if (typeof form === 'number') {
    return (
      <circle
        cx="7"
        cy="7"
        r="1.75"
        fill="none"
        stroke={ink}
        strokeWidth="3.5"
        strokeDasharray={`${(form * 11).toFixed(2)} 11`}
        transform="rotate(-90 7 7)"
      />
    )
  }
  switch (form) {
    case 'clock':
      return <path d="M7 4.2V7l1.8 1.4" {...line} />
    case 'check':
      return (
        <>
          <circle cx="7" cy="7" r="6.3" fill={ink} />
          <path d="M4.4 7.2l1.8 1.8 3.5-3.8" {...line} stroke="var(--sheet)" strokeLinejoin="round" />
        </>
      )
    case 'info':
      return <path d="M7 6.6v3M7 4.4v.1" {...line} />
    case 'cross':
      return <path d="M5.2 5.2l3.6 3.6M8.8 5.2L5.2 8.8" {...line} />
    case 'ban':
      return <path d="M3.2 3.2l7.6 7.6" {...line} />
    case 'dash':
      return null
  }
}

export function Stage({ stageKey, category, color, name }: GlyphProps & { name: string }) {
  return (
    <span className="stage">
      <StageGlyph stageKey={stageKey} category={category} color={color} />
      <span className="tr" dir="auto">
        {name}
      </span>
    </span>
  )
}
