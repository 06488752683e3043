/** Who takes part: the contact, the agent, and everybody of ours who speaks or listens. */
import type { Call, CallParticipant } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { Section } from '../../contact/Section.tsx'
import { AgentAvatar, ContactAvatar, OperatorAvatar } from '../../ui/Avatar.tsx'
import { useIsHeard } from '../Lanes.tsx'
import { type Party, partyOf } from '../levels.ts'
import { agentOf } from '../names.ts'
import { prettyNumber } from '../numbers.ts'

const GONE: readonly CallParticipant['state'][] = ['left', 'failed']

export function Participants({ call, contact }: { call: Call; contact: string | null }) {
  const { t } = useTranslation('calls')
  const shown = call.participants.filter(({ state }) => call.state === 'ended' || !GONE.includes(state))
  return (
    <Section title={t('panel.participants')}>
      <ul className="callparts">
        {shown.map((one) => (
          <Participant key={one.leg} one={one} call={call} contact={contact} />
        ))}
      </ul>
    </Section>
  )
}

type Props = { one: CallParticipant; call: Call; contact: string | null }

function Participant({ one, call, contact }: Props) {
  const { t } = useTranslation('calls')
  const { member } = useSession()
  const isYou = one.person?.id === member.id
  const name = nameOf(one)
  function nameOf({ role, person, label }: CallParticipant): string {
    if (isYou) return t('you')
    if (role === 'caller') return contact ?? t('theContact')
    if (role === 'ai') return label ?? agentOf(call, t)
    return person?.name ?? (label ? prettyNumber(label) : t(`who.${role}`))
  }
  return (
    <li className="row callpart">
      <Face one={one} contact={contact} />
      <div className="grow">
        <div className="strong tr" dir="auto">
          {name}
        </div>
        <div className="small t3 tr" dir="auto">
          <About one={one} call={call} />
        </div>
      </div>
      <State one={one} call={call} />
    </li>
  )
}

function Face({ one: { role, person }, contact }: { one: CallParticipant; contact: string | null }) {
  if (role === 'caller') return <ContactAvatar name={contact} size="sm" />
  return role === 'ai' ? <AgentAvatar size="sm" /> : <OperatorAvatar name={person?.name ?? null} size="sm" />
}

function About({ one: { role, by }, call }: { one: CallParticipant; call: Call }) {
  const { t } = useTranslation('calls')
  if (role === 'caller') return <bdi>{call.from.number ? prettyNumber(call.from.number) : t(`way.${call.way}`)}</bdi>
  if (role === 'ai') return [t('who.ai'), call.line?.name].filter(Boolean).join(', ')
  return by === 'phone' && role !== 'external' ? t('who.byPhone', { what: t(`who.${role}`) }) : t(`who.${role}`)
}

const PARTY: Partial<Record<CallParticipant['role'], Party>> = {
  caller: 'contact',
  ai: 'agent',
  human: 'person',
  supervisor: 'person',
  external: 'external',
}

function State({ one, call }: { one: CallParticipant; call: Call }) {
  const { t } = useTranslation('calls')
  const heard = useIsHeard(call.conversationId, PARTY[one.role] ?? partyOf('caller') ?? 'contact')
  const face = faceOf(one, call, heard)
  const tone = face !== 'speaking' ? 't3' : one.role === 'caller' ? 'cust' : one.role === 'ai' ? 't2' : 'hum'
  return <span className={`small ${tone}`}>{t(`part.${face}`)}</span>
}

function faceOf({ role, state }: CallParticipant, call: Call, heard: boolean) {
  if (state !== 'live') return state
  if (role === 'listener') return 'muted'
  if (role === 'ai' && call.speaker !== 'ai') return 'standingBy'
  if (role === 'caller' && (call.state === 'queued' || call.state === 'transferring')) return 'onHold'
  return heard ? 'speaking' : 'listening'
}
