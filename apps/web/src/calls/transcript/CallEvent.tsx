/** What happened to the call, as one quiet line; what is not the call's own is drawn as in any conversation. */
import '../texts.ts'
import type { Entry, JsonValue } from '@earshot/contracts'
import ListEnd from 'lucide-react/icons/list-end'
import Mic from 'lucide-react/icons/mic'
import Pause from 'lucide-react/icons/pause'
import Phone from 'lucide-react/icons/phone'
import PhoneForwarded from 'lucide-react/icons/phone-forwarded'
import PhoneMissed from 'lucide-react/icons/phone-missed'
import PhoneOff from 'lucide-react/icons/phone-off'
import Play from 'lucide-react/icons/play'
import Voicemail from 'lucide-react/icons/voicemail'
import { Trans, useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { codeWords } from '../../conversations/code-words.ts'
import { activityOf } from '../../conversations/thread/activity-words.ts'
import { SystemLine } from '../../conversations/thread/SystemLine.tsx'
import { Icon, type IconShape } from '../../ui/Icon.tsx'
import { absoluteTime } from '../../ui/relative-time.ts'
import { prettyNumber } from '../numbers.ts'

const ICON = {
  call_started: Phone,
  call_taken_over: Mic,
  call_answered: Mic,
  call_agent_returned: Play,
  call_transfer_ringing: PhoneForwarded,
  call_transferred: PhoneForwarded,
  call_transfer_failed: PhoneMissed,
  call_queued: ListEnd,
  call_not_answered: ListEnd,
  call_callback_noted: PhoneMissed,
  call_voicemail_taken: Voicemail,
  call_recording_paused: Pause,
  call_recording_resumed: Play,
  call_ended: PhoneOff,
} satisfies Record<string, IconShape>
type EventType = keyof typeof ICON

const isKnown = (type: JsonValue | undefined): type is EventType =>
  typeof type === 'string' && Object.hasOwn(ICON, type)

export default function CallEvent({ entry, agent }: { entry: Entry; agent: string }) {
  const { t } = useTranslation('calls')
  const { member } = useSession()
  const { type } = entry.data
  if (!isKnown(type)) return <SystemLine entry={entry} agent={agent} />
  const { by } = activityOf(entry, member.id)
  const named = wordOf(entry.data.name)
  const to = wordOf(entry.data.label) ?? wordOf(entry.data.to)
  const values = {
    who: by.isYou || named === member.name ? t('you') : (named ?? by.name ?? t('somebody')),
    agent,
    to: to === null ? t('who.external') : prettyNumber(to),
    reason: reasonOf(type, wordOf(entry.data.reason), t),
    why: type === 'call_queued' ? whyOf(wordOf(entry.data.reason)) : '',
  }
  return (
    <div className="sysline" id={`entry-${entry.position}`} title={absoluteTime(new Date(entry.at))}>
      <Icon of={ICON[type]} size="xs" />
      <span>
        <Trans t={t} i18nKey={`event.${type}`} values={values} components={{ b: <b dir="auto" /> }} />
      </span>
    </div>
  )
}

const wordOf = (value: JsonValue | undefined) => (typeof value === 'string' && value !== '' ? value : null)

function reasonOf(type: EventType, reason: string | null, t: ReturnType<typeof useTranslation<'calls'>>['t']): string {
  const key = reason ?? 'failed'
  // Codes of a newer server are shown as they are.
  return type === 'call_transfer_failed'
    ? t(`why.${key}` as 'why.failed', { defaultValue: key })
    : t(`reason.${key}` as 'reason.failed', { defaultValue: key }).toLocaleLowerCase()
}

/** A reason of the product has words; one that a person typed is shown as it is. */
const whyOf = (reason: string | null) => (reason === null ? '' : `: ${codeWords('reason', reason)}`)
