/** What a brief says, section by section; every line leads to the entry that says it. */
import type { Brief, BriefLine } from '@earshot/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useReading } from '../conversations/thread/reading.tsx'

type Props = {
  brief: Brief /** Only what fits beside the composer. */
  short?: boolean
  onGoTo?: (position: number) => void
}

export function BriefLines({ brief, short, onGoTo }: Props) {
  const { t } = useTranslation('brief')
  const most = short ? 2 : 6
  return (
    <dl className="kv small brief-lines">
      <Lines name={t('section.wants')} lines={brief.wants} most={most} onGoTo={onGoTo} />
      <Lines name={t('section.answered')} lines={brief.answered} most={most} onGoTo={onGoTo} />
      <Section name={t('section.functions')} count={brief.functions.length}>
        {brief.functions.slice(-most).map(({ name, status, result, position }) => (
          <Line key={position} position={position} onGoTo={onGoTo}>
            <span className={status === 'error' || status === 'refused' ? 'bad' : undefined}>
              {t(`function.${status}`, { name })}
            </span>
            {result && `: ${result}`}
          </Line>
        ))}
      </Section>
      <Section name={t('section.articles')} count={brief.articles.length}>
        {brief.articles.slice(-most).map(({ id, title, position }) => (
          <Line key={id} position={position} onGoTo={onGoTo}>
            {title}
          </Line>
        ))}
      </Section>
      <Lines name={t('section.open')} lines={brief.open} most={most} onGoTo={onGoTo} />
      <Lines name={t('section.promised')} lines={brief.promised} most={most} onGoTo={onGoTo} />
      {!short && (
        <Section name={t('section.known')} count={brief.who.known.length}>
          {brief.who.known.map(({ key, value, positions }) => (
            <Line key={key} position={positions[0] ?? 1} onGoTo={onGoTo}>
              <span className="t3">{key}:</span> {value}
            </Line>
          ))}
        </Section>
      )}
    </dl>
  )
}

function Lines({
  name,
  lines,
  most,
  onGoTo,
}: { name: string; lines: readonly BriefLine[]; most: number } & Pick<Props, 'onGoTo'>) {
  return (
    <Section name={name} count={lines.length}>
      {lines.slice(-most).map(({ text, quoted, positions }) => (
        <Line key={`${positions[0]} ${text}`} position={positions[0] ?? 1} onGoTo={onGoTo}>
          {quoted ? <q>{text}</q> : text}
        </Line>
      ))}
    </Section>
  )
}

/** A section that holds nothing is not drawn: a brief has no room for what is not known. */
function Section({ name, count, children }: { name: string; count: number; children: ReactNode }) {
  if (count === 0) return null
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

function Line({ position, onGoTo, children }: { position: number; children: ReactNode } & Pick<Props, 'onGoTo'>) {
  const { t } = useTranslation('brief')
  const { goTo } = useReading()
  return (
    <button type="button" className="brief-line" onClick={() => (onGoTo ?? goTo)(position)}>
      <span dir="auto">{children}</span>{' '}
      <span className="num t3">
        <span className="sr">{t('goTo', { position })}</span>
        <span aria-hidden>#{position}</span>
      </span>
    </button>
  )
}
