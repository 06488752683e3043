/** The places of the app in the order the rail shows them; the palette and the `G` keys read the same list. */
import AudioLines from 'lucide-react/icons/audio-lines'
import BookOpen from 'lucide-react/icons/book-open'
import ChartNoAxesColumn from 'lucide-react/icons/chart-no-axes-column'
import Gauge from 'lucide-react/icons/gauge'
import Inbox from 'lucide-react/icons/inbox'
import ListChecks from 'lucide-react/icons/list-checks'
import MessagesSquare from 'lucide-react/icons/messages-square'
import Phone from 'lucide-react/icons/phone'
import Settings from 'lucide-react/icons/settings'

export const PLACES = [
  { key: 'inbox', to: '/inbox', icon: Inbox, keys: 'G I' },
  { key: 'calls', to: '/calls', icon: Phone, keys: 'G P', sub: true },
  { key: 'conversations', to: '/conversations', icon: MessagesSquare, keys: 'G C' },
  { key: 'insights', to: '/insights', icon: ChartNoAxesColumn, keys: 'G N' },
  { key: 'reviews', to: '/review-queue', icon: ListChecks, keys: 'G R', sub: true },
  { key: 'quality', to: '/quality', icon: Gauge, keys: 'G Q', sub: true },
  { key: 'knowledge', to: '/knowledge', icon: BookOpen, keys: 'G K' },
  { key: 'agents', to: '/agents', icon: AudioLines, keys: 'G A' },
  { key: 'settings', to: '/settings', icon: Settings, keys: 'G S' },
] as const

export type Place = (typeof PLACES)[number]
