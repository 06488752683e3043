/** The session on the website: its facts, and what happened in it. Present once the widget's tracker has linked one. */
import type { ConversationVisit } from '@earshot/contracts'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import { useTranslation } from 'react-i18next'
import { durationOf } from '../contact/amounts.ts'
import { Section } from '../contact/Section.tsx'
import { Button } from '../ui/Button.tsx'
import { momentOf } from './ConversationFacts.tsx'
import { Events } from './Events.tsx'
import { PageViews } from './PageViews.tsx'
import { Timeline } from './Timeline.tsx'
import { Triggers } from './Triggers.tsx'
import { VisitFacts } from './VisitFacts.tsx'

type Props = { read: ConversationVisit; chosen: string | undefined; onChoose: (visitId: string | undefined) => void }

export function VisitParts({ read, chosen, onChoose }: Props) {
  const { t } = useTranslation('clientData')
  const { visit, pageViews, events, triggers } = read
  if (!visit) {
    return (
      <Section title={t('session')}>
        <p className="none">{t('noSession')}</p>
        <OtherSessions read={read} onChoose={onChoose} />
      </Section>
    )
  }
  return (
    <>
      <Section
        title={t('session')}
        end={
          chosen === undefined ? (
            <span className="num">{t('sessionNumber', { number: visit.number })}</span>
          ) : (
            <Button size="sm" variant="quiet" icon={ArrowLeft} onClick={() => onChoose(undefined)}>
              {t('thisSession')}
            </Button>
          )
        }
      >
        <VisitFacts visit={visit} />
        <Timeline read={{ visit, pageViews, events, triggers }} />
      </Section>
      <PageViews pages={pageViews} />
      <Events events={events} />
      <Triggers firings={triggers} />
      <OtherSessions read={read} onChoose={onChoose} />
    </>
  )
}

function OtherSessions({ read, onChoose }: Pick<Props, 'read' | 'onChoose'>) {
  const { t } = useTranslation('clientData')
  if (read.others.length === 0) return null
  return (
    <Section title={t('otherSessions')} end={<span className="num">{read.others.length}</span>}>
      <ul className="sessions">
        {read.others.map((other) => (
          <li key={other.id}>
            <button type="button" className="session" onClick={() => onChoose(other.id)}>
              <span className="strong num">{momentOf(other.startedAt)}</span>
              <span className="tr grow" dir="auto">
                {other.trafficSource}
              </span>
              <span className="t2 num">
                {t('pagesAndTime', { count: other.pages, time: durationOf(other.durationMs) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
