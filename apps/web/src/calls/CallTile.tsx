/** One call in the list: who, since when, who answers, how it goes. */
import type { Call, QueueItem, SoFar } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import UserRound from 'lucide-react/icons/user-round'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shortTime } from '../inbox/clock-words.ts'
import { clockOf } from '../inbox/groups.ts'
import { useTick } from '../inbox/tick.ts'
import { soFarQuery } from '../so-far/so-far-query.ts'
import { ContactAvatar } from '../ui/Avatar.tsx'
import { Contour, type ContourTurn } from '../ui/Contour.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Elapsed } from './Elapsed.tsx'
import { tracksOf } from './levels.ts'
import { callerName, clockStart, handledBy, isHeldByPerson, isNumber, transferTarget, useContactName } from './names.ts'

type Props = { call: Call; isOpen: boolean; item?: QueueItem | undefined }

export const CallTile = memo(function CallTile({ call, isOpen, item }: Props) {
  const { t } = useTranslation('calls')
  const waits = call.state === 'queued'
  const name = useContactName(call)
  return (
    <Link
      to="/calls/$conversationId"
      params={{ conversationId: call.conversationId }}
      className="calltile"
      aria-current={isOpen ? 'true' : undefined}
      data-call={call.conversationId}
    >
      <div className="row">
        <ContactAvatar name={name} size="sm" />
        <span className="strong tr grow" dir={name === null && isNumber(call) ? 'ltr' : 'auto'}>
          {name ?? callerName(call, t)}
        </span>
        <Elapsed
          since={waits ? (call.queue?.since ?? clockStart(call)) : clockStart(call)}
          className={clsx('num small', isOpen ? 'ok' : 't2')}
        />
      </div>
      <div className="row small t3">
        <span className="tr grow" dir="auto">
          <Standing call={call} />
        </span>
        {isHeldByPerson(call.state) && (
          <span className="hstat human">
            <Icon of={UserRound} />
            {t('operator')}
          </span>
        )}
      </div>
      <div className="row">
        <Shape call={call} />
        <span className="grow" />
        {waits ? <Sla item={item} /> : <Tone conversationId={call.conversationId} />}
      </div>
    </Link>
  )
})

function Standing({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  if (call.state === 'queued')
    return [item(call), call.queue && t('position', { count: call.queue.position })].filter(Boolean).join(', ')
  if (call.state === 'transferring') return t('transferringTo', { to: transferTarget(call) })
  if (call.state === 'transferred') return t('transferredTo', { to: transferTarget(call) })
  if (call.state === 'ringing') return `${handledBy(call, t)} · ${t('ringing')}`
  return handledBy(call, t)
}

const item = ({ line }: Call) => line?.name

/** What the server has drawn, and at its end whoever speaks right now. */
function Shape({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  const { contour, conversationId } = call
  const now = useNowHeard(conversationId)
  const turns = useMemo(() => {
    const drawn: ContourTurn[] = contour.map(({ by, size, flag }) => ({
      who: by,
      size,
      ...(flag && { flagged: true }),
    }))
    return now ? [...drawn, now] : drawn
  }, [contour, now])
  return <Contour turns={turns} width={146} height={16} label={t('shape')} />
}

/** Looked at twice a second, in steps coarse enough that a steady voice draws nothing anew. */
function useNowHeard(conversationId: string): ContourTurn | null {
  const [heard, setHeard] = useState('')
  useEffect(() => {
    const look = () => {
      const tracks = tracksOf(conversationId)
      const at = Date.now()
      const loudest = PARTIES.map((party) => ({ party, level: Math.round(tracks.now(party, at) * 4) / 4 }))
        .filter(({ level }) => level > 0)
        .sort((a, b) => b.level - a.level)[0]
      setHeard(loudest ? `${loudest.party} ${loudest.level}` : '')
    }
    const timer = setInterval(look, 500)
    return () => clearInterval(timer)
  }, [conversationId])
  return useMemo(() => {
    const [party, level] = heard.split(' ')
    const who = party === 'contact' || party === 'agent' ? party : 'operator'
    return party && level ? { who, size: Number(level) } : null
  }, [heard])
}

const PARTIES = ['contact', 'agent', 'person', 'external'] as const

function Tone({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('calls')
  const { data } = useQuery(soFarQuery(conversationId))
  if (!data || data.tone === null) return null
  return <span className={clsx('small', toneClass(data))}>{t(`direction.${data.direction}`)}</span>
}

export const toneClass = ({ direction, tone }: SoFar) =>
  direction === 'up' ? 'ok' : direction === 'down' ? 'bad' : tone === 'negative' ? 'bad' : 't3'

/** How long they may still wait, counting by itself. */
function Sla({ item: waiting }: { item: QueueItem | undefined }) {
  const { t } = useTranslation('calls')
  const text = useRef<HTMLSpanElement>(null)
  const clock = waiting && clockOf(waiting)
  const due = clock?.dueAt
  useTick((now) => {
    const shown = text.current
    if (!shown || !due || !clock) return
    const left = Date.parse(due) - now
    const whole = Math.max(1, Date.parse(due) - Date.parse(clock.startedAt))
    shown.className = clsx('small num', left < 0 ? 'bad' : left <= whole / 3 ? 'warn' : 't3')
    shown.textContent = left < 0 ? t('slaPast', { time: shortTime(left) }) : t('sla', { time: shortTime(left) })
  })
  return due ? <span className="small num" ref={text} /> : null
}
