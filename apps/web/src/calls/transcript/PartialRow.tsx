/** What somebody is saying right now: what has settled in ink, the rest in gray. */
import type { Call } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { durationOf } from '../../contact/amounts.ts'
import { isHeldByPerson } from '../names.ts'
import type { Partial } from '../partials.ts'
import { Face, LETTER, useSpeakerName } from './LineRow.tsx'
import type { Voice } from './timeline.ts'

const VOICE: Record<Partial['role'], Voice> = {
  caller: 'contact',
  ai: 'agent',
  supervisor: 'operator',
  human: 'operator',
  external: 'external',
}

export function PartialRow({ partial, call, contact }: { partial: Partial; call: Call; contact: string | null }) {
  const { t } = useTranslation('calls')
  const voice = VOICE[partial.role]
  const holder = isHeldByPerson(call.state) ? (call.holder?.name ?? null) : null
  const who = voice === 'contact' ? contact : voice === 'operator' ? holder : null
  const name = useSpeakerName(call, voice, who)
  return (
    <div className={`tl ${LETTER[voice]} now`}>
      <time>{durationOf(partial.startMs)}</time>
      <Face voice={voice} name={who} />
      <div>
        <div className="nm">
          <span dir="auto">{name}</span>
          <span className="typing" role="img" aria-label={t('transcript.speaking', { name })}>
            <i />
            <i />
            <i />
          </span>
        </div>
        <div className="tx" dir="auto">
          {partial.text.slice(0, partial.settled)}
          <span className="unsettled">{partial.text.slice(partial.settled)}</span>
        </div>
      </div>
    </div>
  )
}
