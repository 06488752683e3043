/** Where a running conversation stands, until its review says it better: a line, the tone and where it goes, what may go wrong. */
import './texts.ts'
import type { Conversation, Review, SoFar } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Section } from '../contact/Section.tsx'
import { codeWords } from '../conversations/code-words.ts'
import { useReading } from '../conversations/thread/reading.tsx'
import { soFarQuery } from './so-far-query.ts'
import { ToneChart } from './ToneChart.tsx'

type Props = { conversation: Conversation; review: Review | null }

export default function SoFarSection({ conversation, review }: Props) {
  const { t } = useTranslation('soFar')
  const isOpen = conversation.status === 'active'
  const { data: soFar } = useQuery({ ...soFarQuery(conversation.id), enabled: isOpen })
  if (!isOpen || !soFar || soFar.line === null) return null
  if (review && review.throughPosition >= soFar.throughPosition) return null
  return (
    <>
      <Section title={t('title')} end={t('live')}>
        <p className="prose" dir="auto">
          {soFar.line}
        </p>
        <Risks soFar={soFar} />
      </Section>
      {soFar.tone !== null && <Mood soFar={soFar} tone={soFar.tone} />}
    </>
  )
}

function Mood({ soFar, tone }: { soFar: SoFar; tone: NonNullable<SoFar['tone']> }) {
  const { t } = useTranslation(['soFar', 'conversations'])
  const end = t('soFar:toneIs', {
    tone: t(`conversations:tone.${tone}`),
    direction: t(`soFar:direction.${soFar.direction}`),
  })
  return (
    <Section title={t('soFar:tone')} end={<span className={tone === 'negative' ? 'bad' : undefined}>{end}</span>}>
      <ToneChart messages={soFar.messages} tone={tone} />
      {soFar.emotions.length > 0 && (
        <div className="row g2 wrap so-far-marks">
          {soFar.emotions.map(({ label, score }) => (
            <span className="badge" key={label}>
              {t('soFar:share', {
                emotion: codeWords('emotion', label),
                share: new Intl.NumberFormat(undefined, { style: 'percent' }).format(score),
              })}
            </span>
          ))}
        </div>
      )}
    </Section>
  )
}

/** Each leads to the message that shows it. */
function Risks({ soFar: { risk, risks } }: { soFar: SoFar }) {
  const { t } = useTranslation('soFar')
  const { goTo } = useReading()
  const grave = risks.filter(({ severity }) => severity !== 'info')
  if (risk === 'none' || grave.length === 0) return null
  return (
    <div className="row g2 wrap so-far-marks">
      <span className={risk === 'high' ? 'badge bad' : 'badge warn'}>{t(`risk.${risk}`)}</span>
      {grave.map(({ code, reason, positions }) => (
        <button
          type="button"
          className="badge so-far-risk"
          key={code}
          title={reason}
          onClick={() => goTo(positions.at(-1)!)}
        >
          {codeWords('flag.code', code)}
        </button>
      ))}
    </div>
  )
}
