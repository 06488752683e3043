/** One call in the list: who, since when, who answers, how it goes. */
import type { Call, QueueItem, SoFar } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import UserRound from 'lucide-react/icons/user-round'
import { memo, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { shortTime } from '../inbox/clock-words.ts'
import { clockOf } from '../inbox/groups.ts'
import { useTick } from '../inbox/tick.ts'
import { soFarQuery } from '../so-far/so-far-query.ts'
import { ContactAvatar } from '../ui/Avatar.tsx'
import { Contour, type ContourTurn } from '../ui/Contour.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Elapsed } from './Elapsed.tsx'
import { callerName, clockStart, handledBy, isHeldByPerson, isNumber, transferTarget } from './names.ts'

type Props = { call: Call; isOpen: boolean; item?: QueueItem | undefined }

export const CallTile = memo(function CallTile({ call, isOpen, item }: Props) {
  const { t } = useTranslation('calls')
  const waits = call.state === 'queued'
  return (
    <Link
      to="/calls/$conversationId"
      params={{ conversationId: call.conversationId }}
      className="calltile"
      aria-current={isOpen ? 'true' : undefined}
      data-call={call.conversationId}
    >
      <div className="row">
        <ContactAvatar name={call.from.name} size="sm" />
        <span className="strong tr grow" dir={isNumber(call) ? 'ltr' : 'auto'}>
          {callerName(call, t)}
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
        <Contour turns={useTurns(call)} width={146} height={16} label={t('shape')} />
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

export function useTurns({ contour }: Call): readonly ContourTurn[] {
  return useMemo(
    () => contour.map(({ by, size, flag }) => ({ who: by, size, ...(flag ? { flagged: true } : {}) })),
    [contour],
  )
}

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
