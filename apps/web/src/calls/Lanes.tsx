/** Who is loud: one line per party with the last seconds of their voice and a small meter, drawn at most twenty times a second. */
import type { Call } from '@earshot/contracts'
import clsx from 'clsx'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../app/session.ts'
import { type Party, STROKES, tracksOf } from './levels.ts'
import { agentOf, isHeldByPerson, transferTarget } from './names.ts'
import { type OnAir, speaks, useOnAir } from './sound/on-air.ts'

const WIDTH = 600
const HEIGHT = 34
const BARS = 7
/** Quieter than this is breath and line noise. */
const HEARD = 0.22
const DRAW_MS = 50
/** Where people want nothing to move, the drawing is a picture that changes now and then. */
const STILL_MS = 1000

type Lane = { party: Party; name: string; mark?: string; colour: string; tone: string | undefined }

export function Lanes({ call }: { call: Call }) {
  const { t } = useTranslation('calls')
  const { member } = useSession()
  const air = useOnAir()
  const here = air?.conversationId === call.conversationId ? air : null
  const lanes: Lane[] = [{ party: 'contact', name: t('lane.contact'), colour: 'var(--contact)', tone: 'cust' }]
  if (call.agent && call.state !== 'queued' && call.state !== 'human' && call.state !== 'transferred')
    lanes.push({
      party: 'agent',
      name: agentOf(call, t),
      mark: t('lane.agentMark'),
      colour: 'var(--agent)',
      tone: undefined,
    })
  if (isHeldByPerson(call.state)) {
    const name = call.holder?.id === member.id ? t('lane.you') : (call.holder?.name ?? t('operator'))
    lanes.push({ party: 'person', name, colour: 'var(--operator)', tone: 'hum' })
  }
  if (call.state === 'transferred')
    lanes.push({ party: 'external', name: transferTarget(call), colour: 'var(--operator)', tone: 'hum' })
  return (
    <section className="lanes" aria-label={t('lane.label')}>
      {lanes.map((lane) => (
        <LaneRow key={lane.party} lane={lane} call={call} here={here} />
      ))}
    </section>
  )
}

type Face = 'speaking' | 'listening' | 'standingBy' | 'onHold' | 'muted' | 'lost'

function LaneRow({ lane, call, here }: { lane: Lane; call: Call; here: OnAir | null }) {
  const { t } = useTranslation('calls')
  const { path, meter, loud } = useDrawing(call.conversationId, lane.party)
  const face = faceOf(lane.party, call, loud, here)
  return (
    <div className="lane" style={{ color: lane.colour }}>
      <span className="row g3 small">
        <i className="lanemark" />
        <span className="tr">
          <b className={clsx('strong', lane.tone ?? 'lanename')} dir="auto">
            {lane.name}
          </b>{' '}
          {lane.mark && <span className="t3 hide-s">{lane.mark}</span>}
          <br />
          <span className="t3">{t(`lane.${face}`)}</span>
        </span>
      </span>
      <svg className="lw" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        <path className="base" d={`M0 ${HEIGHT / 2}H${WIDTH}`} />
        <path ref={path} />
      </svg>
      <span className="lvl" role="img" aria-label={t('lane.level', { level: 0 })} ref={meter}>
        {Array.from({ length: BARS }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
          <i key={i} style={{ height: 6 + 1.6 * i }} />
        ))}
      </span>
    </div>
  )
}

function faceOf(party: Party, call: Call, loud: boolean, here: OnAir | null): Face {
  const isLost = (role: string) => call.participants.some((one) => one.role === role && one.state === 'lost')
  if (party === 'contact') {
    if (isLost('caller')) return 'lost'
    if (call.state === 'queued' || call.state === 'transferring') return 'onHold'
    return loud ? 'speaking' : 'listening'
  }
  if (party === 'agent') {
    if (isLost('ai')) return 'lost'
    return call.speaker === 'ai' ? (loud ? 'speaking' : 'listening') : 'standingBy'
  }
  if (party === 'person' && speaks(here) && here?.isMuted) return 'muted'
  return loud ? 'speaking' : 'listening'
}

/** Draws by itself; React hears only when somebody begins or stops. */
function useDrawing(conversationId: string, party: Party) {
  const { t } = useTranslation('calls')
  const path = useRef<SVGPathElement>(null)
  const meter = useRef<HTMLSpanElement>(null)
  const [loud, setLoud] = useState(false)
  useEffect(() => {
    const tracks = tracksOf(conversationId)
    const still = matchMedia('(prefers-reduced-motion: reduce)')
    let frame = 0
    let drawnAt = 0
    const draw = (at: number) => {
      frame = requestAnimationFrame(draw)
      if (at - drawnAt < (still.matches ? STILL_MS : DRAW_MS)) return
      drawnAt = at
      const now = Date.now()
      const level = tracks.now(party, now)
      path.current?.setAttribute('d', shapeOf(tracks.read(party, now)))
      const on = Math.round(level * BARS)
      meter.current?.setAttribute('aria-label', t('lane.level', { level: on }))
      for (const [i, bar] of [...(meter.current?.children ?? [])].entries()) bar.classList.toggle('on', i < on)
      setLoud(level > HEARD)
    }
    frame = requestAnimationFrame(draw)
    return () => cancelAnimationFrame(frame)
  }, [conversationId, party, t])
  return { path, meter, loud }
}

function shapeOf(strokes: Float32Array): string {
  const step = WIDTH / STROKES
  let shape = ''
  for (const [i, size] of strokes.entries()) {
    if (size < 0.05) continue
    const half = Math.max(1, (size * HEIGHT) / 2 - 1)
    shape += `M${((i + 0.5) * step).toFixed(1)} ${(HEIGHT / 2 - half).toFixed(1)}v${(2 * half).toFixed(1)}`
  }
  return shape
}

/** Whether this party is heard at this moment; asked four times a second, for words beside a name. */
export function useIsHeard(conversationId: string, party: Party): boolean {
  const [heard, setHeard] = useState(false)
  useEffect(() => {
    const look = () => setHeard(tracksOf(conversationId).now(party, Date.now()) > HEARD)
    const timer = setInterval(look, 250)
    return () => clearInterval(timer)
  }, [conversationId, party])
  return heard
}
