/** The whole brief as a section of the panel beside a conversation. */
import './texts.ts'
import type { Conversation } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Section } from '../contact/Section.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { BriefBy } from './BriefBy.tsx'
import { isEmpty, WriteAgain } from './BriefCard.tsx'
import { BriefLines } from './BriefLines.tsx'
import { BriefMarks } from './BriefMarks.tsx'
import { briefQuery } from './brief-query.ts'

/** Nothing where none was written: most conversations never need a person. */
export function BriefSection({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('brief')
  const { data: brief } = useQuery({ ...briefQuery(conversation.id), enabled: mayHaveOne(conversation) })
  if (!brief) return null
  return (
    <Section
      title={t('label')}
      end={
        <>
          <RelativeTime at={brief.writtenAt} />
          <WriteAgain id={conversation.id} />
        </>
      }
    >
      <BriefLines brief={brief} />
      {isEmpty(brief) && <p className="small t2">{t('nothing')}</p>}
      <div className="row g3 wrap brief-marks">
        <BriefMarks brief={brief} />
      </div>
      <p className="small t3 brief-by">
        <BriefBy brief={brief} />
      </p>
    </Section>
  )
}

const mayHaveOne = ({ control, handoff }: Conversation): boolean =>
  control !== 'agent' || (handoff !== null && handoff.state !== 'none')
