/** What the visitor did that was no trigger: clicks on marked elements, forms sent, events of the website's own. */
import type { JsonValue, VisitEvent } from '@earshot/contracts'
import CircleDot from 'lucide-react/icons/circle-dot'
import MousePointerClick from 'lucide-react/icons/mouse-pointer-click'
import TextCursorInput from 'lucide-react/icons/text-cursor-input'
import { useTranslation } from 'react-i18next'
import { amount } from '../contact/amounts.ts'
import { Section } from '../contact/Section.tsx'
import { Icon } from '../ui/Icon.tsx'
import { clockSeconds } from './clock-seconds.ts'
import { pathOf } from './path-of.ts'

const ICONS = { click: MousePointerClick, form: TextCursorInput, custom: CircleDot }

export function Events({ events }: { events: VisitEvent[] }) {
  const { t } = useTranslation('clientData')
  return (
    <Section title={t('events')} end={<span className="num">{amount(events.length)}</span>}>
      {events.length === 0 && <p className="none">{t('noEvents')}</p>}
      <ul>
        {events.map((event) => (
          <li className="ev" key={event.id}>
            <time className="num t3 small" dateTime={event.at}>
              {clockSeconds(event.at)}
            </time>
            <Icon of={ICONS[event.kind]} size="s" className="t3" />
            <span className="tr">
              <bdi className={event.kind === 'custom' ? 'mono' : undefined}>{event.name}</bdi>{' '}
              <bdi className="t3">{detailOf(event)}</bdi>
            </span>
            <span className="badge">{t(`kinds.${event.kind}`)}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What came with it, in one line; else where it happened. */
function detailOf({ data, url }: VisitEvent): string {
  const parts = Object.entries(data).map(([key, value]) => `${key} ${plain(value)}`)
  return parts.length > 0 ? parts.join(', ') : pathOf(url)
}

const plain = (value: JsonValue): string =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(plain).join(', ') : JSON.stringify(value)
