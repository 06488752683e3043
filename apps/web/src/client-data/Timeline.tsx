/** A session drawn over its time: pages as bars, events and triggers as points. The lists below say the same in words. */
import type { ConversationVisit, PageView, Visit } from '@earshot/contracts'
import { useTranslation } from 'react-i18next'
import { clockTime } from '../ui/relative-time.ts'
import { pathOf } from './path-of.ts'

type Read = Pick<ConversationVisit, 'pageViews' | 'events' | 'triggers'> & { visit: Visit }

const TICKS = [0, 25, 50, 75, 100]
/** A shorter session is no line. */
const LEAST_MS = 60_000

export function Timeline({ read: { visit, pageViews, events, triggers } }: { read: Read }) {
  const { t } = useTranslation('clientData')
  const from = Date.parse(visit.startedAt)
  const span = Math.max(LEAST_MS, visit.durationMs)
  const at = (moment: string) => Math.min(100, Math.max(0, ((Date.parse(moment) - from) / span) * 100))
  const label = t('timeline', { pages: pageViews.length, events: events.length, triggers: triggers.length })
  return (
    <div className="vline" role="img" aria-label={label} dir="ltr">
      <div className="vrow ticks num">
        {TICKS.map((percent) => (
          <span key={percent} style={{ left: `${percent}%` }}>
            {clockTime(new Date(from + (span * percent) / 100))}
          </span>
        ))}
      </div>
      <div className="vrow">
        {pageViews.map((page, index) => (
          <span className="vpage tr" key={page.id} style={barOf(page, pageViews[index + 1], at)}>
            {page.title || pathOf(page.url)}
          </span>
        ))}
      </div>
      <div className="vrow">
        {events.map((event) => (
          <i className="vdot" key={event.id} style={{ left: `${at(event.at)}%` }} />
        ))}
        {triggers.map((firing) => (
          <i className="vdot fired" key={firing.id} style={{ left: `${at(firing.at)}%` }} />
        ))}
      </div>
    </div>
  )
}

/** A page lasts until the next one, the last until the end. */
function barOf(page: PageView, next: PageView | undefined, at: (moment: string) => number) {
  const start = at(page.at)
  const end = next ? at(next.at) : 100
  return { left: `${start}%`, width: `max(3px, calc(${Math.max(0, end - start)}% - 3px))` }
}
