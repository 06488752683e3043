/** What happened to the conversation, as one quiet line between the messages. */
import '../../i18n/activities.ts'
import type { Entry } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import AlarmClock from 'lucide-react/icons/alarm-clock'
import AlarmClockOff from 'lucide-react/icons/alarm-clock-off'
import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import Ban from 'lucide-react/icons/ban'
import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDotDashed from 'lucide-react/icons/circle-dot-dashed'
import Clock from 'lucide-react/icons/clock'
import Eye from 'lucide-react/icons/eye'
import Flag from 'lucide-react/icons/flag'
import Forward from 'lucide-react/icons/forward'
import GitMerge from 'lucide-react/icons/git-merge'
import Hand from 'lucide-react/icons/hand'
import Info from 'lucide-react/icons/info'
import ListEnd from 'lucide-react/icons/list-end'
import ListFilter from 'lucide-react/icons/list-filter'
import Pause from 'lucide-react/icons/pause'
import Pencil from 'lucide-react/icons/pencil'
import Play from 'lucide-react/icons/play'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Route from 'lucide-react/icons/route'
import SignalHigh from 'lucide-react/icons/signal-high'
import Split from 'lucide-react/icons/split'
import Star from 'lucide-react/icons/star'
import Tags from 'lucide-react/icons/tags'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import UsersRound from 'lucide-react/icons/users-round'
import X from 'lucide-react/icons/x'
import { Trans, useTranslation } from 'react-i18next'
import { useSession } from '../../app/session.ts'
import { Icon, type IconShape } from '../../ui/Icon.tsx'
import { absoluteTime } from '../../ui/relative-time.ts'
import { codeWords } from '../code-words.ts'
import { stagesQuery } from '../queries.ts'
import { type Activity, type ActivityType, activityOf } from './activity-words.ts'
import { Note } from './Note.tsx'

/** What is passed on carries a note for whoever is next. */
const PASSED_ON: readonly ActivityType[] = ['released', 'transferred', 'transferred_to_team', 'offer_declined']

const ICON: Record<ActivityType, IconShape> = {
  released: ListEnd,
  returned_to_queue: ListEnd,
  transferred: Forward,
  transferred_to_team: UsersRound,
  offer_declined: X,
  out_of_hours: Clock,
  queue_changed: ListFilter,
  taken_over: Pause,
  handed_back: Play,
  paused: Pause,
  handoff_requested: Hand,
  closed: Check,
  archived: Archive,
  reopened: RotateCcw,
  stage_changed: CircleDotDashed,
  assigned: UserRoundCheck,
  rated: Star,
  rating_removed: Star,
  blocked: Ban,
  unblocked: CircleCheck,
  answer_failed: CircleAlert,
  agent_handed_off: Hand,
  flow_switched: Route,
  situation_noticed: Eye,
  budget_used_up: CircleAlert,
  fallback_answered: CircleAlert,
  tags_changed: Tags,
  priority_changed: SignalHigh,
  outcome_changed: Check,
  renamed: Pencil,
  snoozed: AlarmClock,
  unsnoozed: AlarmClockOff,
  woken: AlarmClock,
  unarchived: ArchiveRestore,
  flagged: Flag,
  flag_resolved: Flag,
  change_undone: RotateCcw,
  merged: GitMerge,
  split_off: Split,
  split_from: Split,
}

export function SystemLine({ entry, agent }: { entry: Entry; agent: string }) {
  const { t } = useTranslation('conversations')
  const { member } = useSession()
  const { data: stages } = useQuery(stagesQuery)
  const activity = activityOf(entry, member.id)
  const { type, by, reason, told, text } = activity
  const who = by.isYou ? t('you') : (by.name ?? (by.kind === 'contact' ? t('author.contact') : t('nobodyInParticular')))
  const stage = stages?.find(({ key }) => key === activity.to)?.name ?? activity.to
  const values = {
    who,
    agent,
    stage,
    count: activity.stars ?? 0,
    number: activity.number,
    reason,
    to: toWords(activity, t),
  }
  const handover = text && (type === 'handed_back' || PASSED_ON.some((one) => one === type))
  return (
    <>
      <div className="sysline" id={`entry-${entry.position}`} title={absoluteTime(new Date(entry.at))}>
        <Icon of={type ? ICON[type] : Info} size="xs" />
        <span>
          {type ? (
            <Trans t={t} i18nKey={`activity.${type}`} values={values} components={{ b: <b dir="auto" /> }} />
          ) : (
            (text ?? t('activity.other', { what: String(entry.data.type ?? entry.kind).replaceAll('_', ' ') }))
          )}
          {type &&
            reason &&
            type !== 'closed' &&
            type !== 'archived' &&
            ` ${t('activity.because', { reason: codeWords('reason', reason) })}`}
          {activity.detail && ` ${t('activity.detail', { detail: activity.detail })}`}
          {told && ` ${t('activity.told')}`}
        </span>
      </div>
      {handover && <Note kind={type === 'handed_back' ? 'handover' : 'passed'} entry={entry} agent={agent} />}
    </>
  )
}

/** What it was changed to, in words. */
function toWords({ type, to, toName }: Activity, t: TFunction<'conversations'>): string {
  if (type === 'assigned') return toName ?? t('work.nobody')
  if (type === 'transferred' || type === 'transferred_to_team') return toName ?? t('work.nobody')
  if (to === null) return t('panel.none')
  if (type === 'outcome_changed') return t(`outcome.${to}` as 'outcome.completed')
  if (type === 'priority_changed') return t(`work.priority.${to}` as 'work.priority.normal')
  return to
}
