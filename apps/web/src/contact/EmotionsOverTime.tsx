/** What the contact felt: a bar for each of their messages, up or down from the middle; a bar leads to its message. */
import './texts.ts'
import { call } from '@earshot/client'
import { type Conversation, type EmotionsOverTime as Emotions, getEmotions } from '@earshot/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { codeWords } from '../conversations/code-words.ts'
import { useReading } from '../conversations/thread/reading.tsx'
import { emotionColour } from './emotion-colour.ts'

type Said = Emotions['items'][number]

/** As many as fit into the panel so that each can be hit. */
const MOST_BARS = 40
const SMALLEST = 0.08

export function EmotionsOverTime({ conversation: { id, lastPosition, reviewedAt } }: { conversation: Conversation }) {
  const { t } = useTranslation('judging')
  const { data } = useQuery({
    queryKey: ['conversations', 'emotions', id, lastPosition, reviewedAt],
    queryFn: ({ signal }) => call(getEmotions, { params: { id }, signal }),
    placeholderData: (held, before) => (before?.queryKey[2] === id ? keepPreviousData(held) : undefined),
    enabled: lastPosition > 0,
  })
  if (!data || data.items.length < 2) return null
  const shown = data.items.length
  return (
    <>
      <Bars items={strongest(data.items)} />
      <p className="micro t3">
        {shown < data.total ? t('emotions.part', { shown, total: data.total }) : t('emotions.hint')}
      </p>
    </>
  )
}

/** Of neighbours that do not fit, the one that says most. */
function strongest(items: readonly Said[]): Said[] {
  if (items.length <= MOST_BARS) return [...items]
  const per = items.length / MOST_BARS
  return Array.from({ length: MOST_BARS }, (_, i) =>
    items
      .slice(Math.floor(i * per), Math.floor((i + 1) * per))
      .reduce((a, b) => (Math.abs(b.polarity) > Math.abs(a.polarity) ? b : a)),
  )
}

/** One stop for the tab key; the arrows walk along the time. */
function Bars({ items }: { items: readonly Said[] }) {
  const { t } = useTranslation('judging')
  const { at, goTo } = useReading()
  const [focused, setFocused] = useState(0)
  const here = Math.min(focused, items.length - 1)
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, End: items.length, Home: -items.length }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const next = Math.max(0, Math.min(items.length - 1, here + step))
    setFocused(next)
    event.currentTarget.querySelectorAll('button')[next]?.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a form
    <div className="emotime" role="group" aria-label={t('emotions.label')} onKeyDown={walk}>
      {items.map((said, i) => (
        <button
          type="button"
          key={said.position}
          tabIndex={i === here ? 0 : -1}
          aria-label={words(said, t)}
          aria-current={said.position === at ? 'true' : undefined}
          title={words(said, t)}
          onFocus={() => setFocused(i)}
          onClick={() => goTo(said.position)}
        >
          <i
            className={said.polarity < 0 ? 'down' : 'up'}
            style={{
              // The root, so that a slight feeling can be told from none.
              blockSize: `${Math.max(SMALLEST, Math.sqrt(Math.abs(said.polarity))) * 50}%`,
              background: emotionColour(said.emotions[0]?.label ?? 'neutral'),
            }}
          />
        </button>
      ))}
    </div>
  )
}

function words({ position, emotions: [top] }: Said, t: ReturnType<typeof useTranslation<'judging'>>['t']): string {
  if (!top || top.label === 'neutral') return t('emotions.plain', { position })
  const percent = new Intl.NumberFormat(undefined, { style: 'percent' }).format(top.score)
  return t('emotions.at', { position, emotion: codeWords('emotion', top.label).toLocaleLowerCase(), percent })
}
