/** Whose strokes are whose, and what the silences mean: the drawing in words. */
import type { CallRecording } from '@earshot/contracts'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { clock } from '../../audio/clock.ts'
import { Badge } from '../../ui/Badge.tsx'
import { readerLocale } from '../../ui/reader-locale.ts'

type Props = { recording: CallRecording; agent: string }

export function Voices({ recording, agent }: Props) {
  const { t } = useTranslation('recorded')
  const locale = readerLocale()
  const { gaps, demo, expiresAt, words } = recording
  return (
    <div className="recordedabout small t2">
      <ul className="voices" aria-label={t('voices')}>
        {voicesOf(recording, agent, t).map(({ colour, name }) => (
          <li key={`${colour} ${name}`}>
            <i className={colour} aria-hidden />
            <span dir="auto">{name}</span>
          </li>
        ))}
      </ul>
      <GapWords gaps={gaps} />
      {words !== 'spoken' && <span>{t(`words.${words}`)}</span>}
      {demo && <Badge tone="note">{t('demo')}</Badge>}
      {expiresAt && (
        <span className="t3">{t('expires', { date: new Date(expiresAt).toLocaleDateString(locale) })}</span>
      )}
    </div>
  )
}

function voicesOf({ speakers }: CallRecording, agent: string, t: TFunction<'recorded'>) {
  const found = new Map<string, { colour: string; name: string }>()
  const add = (colour: string, name: string) => found.set(`${colour} ${name}`, { colour, name })
  add('c', t('voice.contact'))
  for (const { speaker, person } of speakers) {
    if (speaker === 'ai') add('a', agent)
    else if (speaker === 'external') add('x', t('voice.external'))
    else if (speaker !== 'hold') add('h', person?.name || t('voice.operator'))
  }
  return [...found.values()]
}

function GapWords({ gaps }: Pick<CallRecording, 'gaps'>) {
  const { t } = useTranslation('recorded')
  const paused = gaps.filter(({ why }) => why === 'paused')
  const lost = gaps.filter(({ why }) => why !== 'paused')
  const timeOf = (some: typeof gaps) => clock(some.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0))
  return (
    <>
      {paused.length > 0 && <span>{t('gaps.paused', { count: paused.length, time: timeOf(paused) })}</span>}
      {lost.length > 0 && <span className="warn">{t('gaps.lost', { count: lost.length, time: timeOf(lost) })}</span>}
    </>
  )
}
