/** The conversations of a run, one at a time: each question with the answer of then and the answer of now. */
import type { ReplayedConversation, ReplayTurn } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { IconButton } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Banner } from '../../ui/States.tsx'
import { CalledFunction } from '../playground/CalledFunction.tsx'
import { replayedQuery } from './queries.ts'
import { Words } from './Words.tsx'

export function Compared({ agentId, replayId, done }: { agentId: string; replayId: string; done: number }) {
  const { t } = useTranslation('trials')
  const replayed = useQuery(replayedQuery(agentId, replayId, done))
  const [at, setAt] = useState(0)
  const [onlyChanged, setOnlyChanged] = useState(false)
  return (
    <Loaded query={replayed}>
      {(all) => {
        const shown = all[Math.min(at, all.length - 1)]
        if (!shown) return null
        const position = all.indexOf(shown) + 1
        return (
          <section aria-label={shown.title ?? `#${shown.number}`}>
            <div className="row wrap">
              <div className="grow who">
                <h3 className="title">
                  <Link to="/conversations/$id" params={{ id: shown.conversationId }} className="link">
                    {shown.contact ?? shown.title ?? `#${shown.number}`}
                  </Link>
                </h3>
                <About conversation={shown} />
              </div>
              <Checkbox checked={onlyChanged} onChange={setOnlyChanged}>
                {t('replay.onlyChanged')}
              </Checkbox>
              <IconButton
                icon={ChevronLeft}
                label={t('replay.previous')}
                disabled={position <= 1}
                onClick={() => setAt(position - 2)}
              />
              <span className="num small">{t('replay.of', { position, total: all.length })}</span>
              <IconButton
                icon={ChevronRight}
                label={t('replay.next')}
                disabled={position >= all.length}
                onClick={() => setAt(position)}
              />
            </div>
            <Turns conversation={shown} onlyChanged={onlyChanged} />
          </section>
        )
      }}
    </Loaded>
  )
}

function About({ conversation: { number, title, startedAt, turns } }: { conversation: ReplayedConversation }) {
  const { t, i18n } = useTranslation('trials')
  const at = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(new Date(startedAt))
  return (
    <div className="small t3">
      #{number} · {at} · {t('replay.questionCount', { count: turns.length })}
      {title && (
        <>
          {' · '}
          <bdi>{title}</bdi>
        </>
      )}
    </div>
  )
}

function Turns({ conversation, onlyChanged }: { conversation: ReplayedConversation; onlyChanged: boolean }) {
  const { t } = useTranslation('trials')
  const turns = conversation.turns.map((turn, i) => ({ turn, number: i + 1 }))
  const shown = onlyChanged ? turns.filter(({ turn }) => turn.mark !== 'equal') : turns
  return (
    <>
      {shown.map(({ turn, number }) => (
        <ComparedTurn key={turn.position} turn={turn} number={number} />
      ))}
      {conversation.finished && shown.length === 0 && <p className="t3">{t('replay.allSame')}</p>}
      {!conversation.finished && <p className="t3">{t('replay.coming')}</p>}
    </>
  )
}

const TONES = {
  equal: undefined,
  changed: 'info',
  now_answered: 'ok',
  no_longer_answered: 'bad',
  fewer_handoffs: 'ok',
  more_handoffs: 'warn',
  failed: 'bad',
} as const

/** One question with the answer of then beside the answer of now. */
export function ComparedTurn({ turn, number }: { turn: ReplayTurn; number: number }) {
  const { t } = useTranslation('trials')
  const { before, after, mark } = turn
  return (
    <div className="cmp">
      <div className="asked">
        <div className="small t3 num">{t('replay.question', { number })}</div>
        <div className="quote">
          <span className="num">#{turn.position}</span>
          <span dir="auto">{turn.question}</span>
        </div>
      </div>
      <div>
        <div className="small t3">{before.by === 'operator' ? t('replay.byOperator') : t('replay.old')}</div>
        <Side text={before.text} handoff={before.handoff} none={t('replay.nobody')} />
      </div>
      <div>
        <div className="small t3">{t('replay.new')}</div>
        {after.error !== null ? (
          <Banner tone="bad">{after.error}</Banner>
        ) : (
          <Side text={after.text} against={before.text} handoff={after.handoff} none={t('replay.noWords')} />
        )}
        {after.functions.map((call, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a replayed turn is made once
          <CalledFunction key={i} call={call} />
        ))}
      </div>
      <div>
        <Badge tone={TONES[mark]}>{t(`replay.mark.${mark}`)}</Badge>
      </div>
    </div>
  )
}

type SideProps = { text: string | null; against?: string | null; handoff: string | null; none: string }

function Side({ text, against, handoff, none }: SideProps) {
  const { t } = useTranslation('trials')
  return (
    <>
      {text === null && handoff === null && <p className="t3">{none}</p>}
      {text !== null && (
        <div className="bub" dir="auto">
          <Words text={text} against={against ?? null} />
        </div>
      )}
      {handoff !== null && (
        <div className="small warn">{t('replay.handoff', { reason: handoff.replaceAll('_', ' ') })}</div>
      )}
    </>
  )
}
