/** The clock of one conversation: gray while fine, orange in the last third, red and negative after. The time is always written. */
import type { QueueItem } from '@earshot/contracts'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from './announce.ts'
import { shortTime, spokenTime } from './clock-words.ts'
import { clockOf } from './groups.ts'
import { useTick } from './tick.ts'
import { useContactName } from './use-contact-name.ts'

const AROUND = 2 * Math.PI * 19

interface Face {
  look: 'ok' | 'warn' | 'bad' | 'none' | 'paused'
  text: string
  label: string
  /** How much of the ring is drawn. */
  part: number
}

export function SlaRing({ item }: { item: QueueItem }) {
  const { t } = useTranslation(['inbox', 'conversations'])
  const name = useContactName(item.conversation.contact)
  const ring = useRef<HTMLSpanElement>(null)
  const text = useRef<HTMLSpanElement>(null)
  const arc = useRef<SVGCircleElement>(null)
  const before = useRef<Face['look']>(undefined)
  useTick((now) => {
    const face = faceOf(item, now, t)
    if (!ring.current || !text.current || !arc.current) return
    ring.current.className = `sla ${face.look}`
    if (ring.current.getAttribute('aria-label') !== face.label) ring.current.setAttribute('aria-label', face.label)
    if (text.current.textContent !== face.text) text.current.textContent = face.text
    arc.current.setAttribute('stroke-dasharray', face.look === 'paused' ? '2 5' : `${face.part * AROUND} 120`)
    if (before.current === 'ok' && face.look === 'warn') announce(t('sla.warned', { name }))
    if (before.current && before.current !== 'bad' && face.look === 'bad') announce(t('sla.breached', { name }))
    before.current = face.look
  })
  return (
    <span className="sla" role="timer" ref={ring}>
      <svg className="ring" viewBox="0 0 44 44" aria-hidden="true">
        <circle className="bg" cx="22" cy="22" r="19" />
        <circle className="arc" cx="22" cy="22" r="19" ref={arc} strokeDasharray="0 120" />
      </svg>
      <span ref={text} />
    </span>
  )
}

function faceOf(
  item: QueueItem,
  now: number,
  t: ReturnType<typeof useTranslation<['inbox', 'conversations']>>['t'],
): Face {
  const clock = clockOf(item)
  if (!clock && item.state === 'held') return { look: 'none', text: '✓', label: t('sla.none'), part: 0 }
  if (item.clocks.paused) return { look: 'paused', text: 'Ⅱ', label: t('sla.paused'), part: 1 }
  const started = Date.parse(clock?.startedAt ?? item.requestedAt)
  if (!clock?.dueAt) {
    const waited = Math.max(0, now - started)
    return { look: 'none', text: shortTime(waited), label: t('sla.waiting', { time: spokenTime(waited, t) }), part: 0 }
  }
  const left = Date.parse(clock.dueAt) - now
  const time = spokenTime(left, t)
  if (left < 0) return { look: 'bad', text: `−${shortTime(left)}`, label: t('sla.past', { time }), part: 1 }
  const part = Math.min(1, left / Math.max(1, Date.parse(clock.dueAt) - started))
  return { look: part <= 1 / 3 ? 'warn' : 'ok', text: shortTime(left), label: t('sla.left', { time }), part }
}
