/** The mark of a channel kind, single colour; brand marks are Simple Icons (CC0). */

import clsx from 'clsx'
import Braces from 'lucide-react/icons/braces'
import ContactRound from 'lucide-react/icons/contact-round'
import Globe from 'lucide-react/icons/globe'
import Mail from 'lucide-react/icons/mail'
import MessageSquare from 'lucide-react/icons/message-square'
import Phone from 'lucide-react/icons/phone'
import type { ReactNode } from 'react'
import { Icon, type IconShape, type IconSize } from './Icon.tsx'

function brand(path: string, stroked = false): IconShape {
  return ({ className }) => (
    <svg className={clsx(className, !stroked && 'brand')} viewBox="0 0 24 24" aria-hidden>
      <path d={path} />
    </svg>
  )
}

const WhatsApp = brand(
  'M17.472 14.382c-.297-.149-1.758-.867-2.03-.967-.273-.099-.471-.148-.67.15-.197.297-.767.966-.94 1.164-.173.199-.347.223-.644.075-.297-.15-1.255-.463-2.39-1.475-.883-.788-1.48-1.761-1.653-2.059-.173-.297-.018-.458.13-.606.134-.133.298-.347.446-.52.149-.174.198-.298.298-.497.099-.198.05-.371-.025-.52-.075-.149-.669-1.612-.916-2.207-.242-.579-.487-.5-.669-.51-.173-.008-.371-.01-.57-.01-.198 0-.52.074-.792.372-.272.297-1.04 1.016-1.04 2.479 0 1.462 1.065 2.875 1.213 3.074.149.198 2.096 3.2 5.077 4.487.709.306 1.262.489 1.694.625.712.227 1.36.195 1.871.118.571-.085 1.758-.719 2.006-1.413.248-.694.248-1.289.173-1.413-.074-.124-.272-.198-.57-.347m-5.421 7.403h-.004a9.87 9.87 0 01-5.031-1.378l-.361-.214-3.741.982.998-3.648-.235-.374a9.86 9.86 0 01-1.51-5.26c.001-5.45 4.436-9.884 9.888-9.884 2.64 0 5.122 1.03 6.988 2.898a9.825 9.825 0 012.893 6.994c-.003 5.45-4.437 9.884-9.885 9.884m8.413-18.297A11.815 11.815 0 0012.05 0C5.495 0 .16 5.335.157 11.892c0 2.096.547 4.142 1.588 5.945L.057 24l6.305-1.654a11.882 11.882 0 005.683 1.448h.005c6.554 0 11.89-5.335 11.893-11.893a11.821 11.821 0 00-3.48-8.413Z',
)
const Telegram = brand(
  'M11.944 0A12 12 0 0 0 0 12a12 12 0 0 0 12 12 12 12 0 0 0 12-12A12 12 0 0 0 12 0a12 12 0 0 0-.056 0zm4.962 7.224c.1-.002.321.023.465.14a.506.506 0 0 1 .171.325c.016.093.036.306.02.472-.18 1.898-.962 6.502-1.36 8.627-.168.9-.499 1.201-.82 1.23-.696.065-1.225-.46-1.9-.902-1.056-.693-1.653-1.124-2.678-1.8-1.185-.78-.417-1.21.258-1.91.177-.184 3.247-2.977 3.307-3.23.007-.032.014-.15-.056-.212s-.174-.041-.249-.024c-.106.024-1.793 1.14-5.061 3.345-.48.33-.913.49-1.302.48-.428-.008-1.252-.241-1.865-.44-.752-.245-1.349-.374-1.297-.789.027-.216.325-.437.893-.663 3.498-1.524 5.83-2.529 6.998-3.014 3.332-1.386 4.025-1.627 4.476-1.635z',
)
const Messenger = brand(
  'M12 0C5.24 0 0 4.952 0 11.64c0 3.499 1.434 6.521 3.769 8.61a.96.96 0 0 1 .323.683l.065 2.135a.96.96 0 0 0 1.347.85l2.381-1.053a.96.96 0 0 1 .641-.046A13 13 0 0 0 12 23.28c6.76 0 12-4.952 12-11.64S18.76 0 12 0m6.806 7.44c.522-.03.971.567.63 1.094l-4.178 6.457a.707.707 0 0 1-.977.208l-3.87-2.504a.44.44 0 0 0-.49.007l-4.363 3.01c-.637.438-1.415-.317-.995-.966l4.179-6.457a.706.706 0 0 1 .977-.21l3.87 2.505c.15.097.344.094.491-.007l4.362-3.008a.7.7 0 0 1 .364-.13',
)
const Slack = brand('M9 3.2v8.3M15 12.5v8.3M3.2 15h8.3M12.5 9h8.3M5.2 9H9M15 15h3.8M15 5.2V9M9 15v3.8', true)

const MARKS: Record<string, IconShape> = {
  widget: MessageSquare,
  webchat: MessageSquare,
  web: Globe,
  whatsapp: WhatsApp,
  telegram: Telegram,
  messenger: Messenger,
  slack: Slack,
  voip: Phone,
  phone: Phone,
  email: Mail,
  crm: ContactRound,
  api: Braces,
}

/** Always beside a word or inside something that has an accessible name. */
export function ChannelMark({ kind, size }: { kind: string; size?: IconSize }) {
  return <Icon of={MARKS[kind.toLowerCase()] ?? MessageSquare} size={size} />
}

export function Channel({ kind, children }: { kind: string; children: ReactNode }) {
  return (
    <span className="chan">
      <ChannelMark kind={kind} size="s" />
      <span className="tr">{children}</span>
    </span>
  )
}
