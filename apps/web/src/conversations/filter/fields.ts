/** The filters as people meet them: one line of the menu each, and the names of the address it speaks for. */
import AudioLines from 'lucide-react/icons/audio-lines'
import BadgeCheck from 'lucide-react/icons/badge-check'
import Calendar from 'lucide-react/icons/calendar'
import ChevronsUp from 'lucide-react/icons/chevrons-up'
import CircleDot from 'lucide-react/icons/circle-dot'
import CircleDotDashed from 'lucide-react/icons/circle-dot-dashed'
import Clock from 'lucide-react/icons/clock'
import Contact from 'lucide-react/icons/contact-round'
import Flag from 'lucide-react/icons/flag'
import Gauge from 'lucide-react/icons/gauge'
import Goal from 'lucide-react/icons/goal'
import Hand from 'lucide-react/icons/hand'
import Mail from 'lucide-react/icons/mail'
import Mic from 'lucide-react/icons/mic'
import Radio from 'lucide-react/icons/radio'
import Route from 'lucide-react/icons/route'
import Search from 'lucide-react/icons/search'
import Smile from 'lucide-react/icons/smile'
import Star from 'lucide-react/icons/star'
import Tag from 'lucide-react/icons/tag'
import UserRound from 'lucide-react/icons/user-round'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import type { IconShape } from '../../ui/Icon.tsx'
import {
  type ConversationSearch,
  MANY_FIELDS,
  type ManyField,
  notOf,
  type Wanted,
  YES_NO_FIELDS,
  type YesNoField,
} from '../search.ts'

/** In the order of the menu. A contact is chosen elsewhere, and only taken away here. */
export const FIELDS = [
  'status',
  'control',
  'handoff',
  'outcome',
  'stage',
  'channel',
  'agentId',
  'flowId',
  'assigneeId',
  'rating',
  'quality',
  'resolution',
  'tone',
  'priority',
  'flag',
  'tag',
  'date',
  'reviewed',
  'unread',
  'flagged',
  'rated',
  'hasAudio',
  'snoozed',
] as const
export type Field = (typeof FIELDS)[number] | 'contactId'

export const FIELD_ICON: Record<Field, IconShape> = {
  status: CircleDot,
  control: UserRound,
  handoff: Hand,
  outcome: Goal,
  stage: CircleDotDashed,
  channel: Radio,
  agentId: AudioLines,
  flowId: Route,
  assigneeId: UserRoundCheck,
  contactId: Contact,
  rating: Star,
  quality: Gauge,
  resolution: BadgeCheck,
  tone: Smile,
  priority: ChevronsUp,
  flag: Flag,
  tag: Tag,
  date: Calendar,
  reviewed: Search,
  unread: Mail,
  flagged: Flag,
  rated: Star,
  hasAudio: Mic,
  snoozed: Clock,
}

export const isMany = (field: Field): field is ManyField & Field => (MANY_FIELDS as readonly string[]).includes(field)
export const isYesNo = (field: Field): field is YesNoField => (YES_NO_FIELDS as readonly string[]).includes(field)

/** The names in the address that a field sets. */
export function namesOf(field: Field): (keyof Wanted)[] {
  if (isMany(field)) return [field, notOf(field)]
  switch (field) {
    case 'rating':
      return ['minRating', 'maxRating']
    case 'quality':
      return ['minQuality', 'maxQuality']
    case 'date':
      return ['from', 'to', 'lastDays']
    default:
      return [field as YesNoField]
  }
}

/** How many values are chosen in a field. */
export function chosenIn(search: ConversationSearch, field: Field): number {
  return namesOf(field).reduce((sum, name) => {
    const value = search[name]
    return sum + (Array.isArray(value) ? value.length : value === undefined ? 0 : 1)
  }, 0)
}
