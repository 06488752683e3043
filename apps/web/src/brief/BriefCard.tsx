/** The brief over the transcript: open until the first word of a person, folded afterwards, and whenever its reader folds it. */
import './texts.ts'
import type { Brief, Conversation } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { AgentAvatar } from '../ui/Avatar.tsx'
import { IconButton } from '../ui/Button.tsx'
import { BriefBy } from './BriefBy.tsx'
import { BriefLines } from './BriefLines.tsx'
import { BriefMarks } from './BriefMarks.tsx'
import { briefQuery, useWriteBrief } from './brief-query.ts'

/** What the reader chose, by conversation, for as long as the page is open. */
const folds = new Map<string, boolean>()

type Props = {
  conversation: Conversation /** The position of the last word of a person; 0 without one. */
  answeredAt: number
}

export function BriefCard({ conversation, answeredAt }: Props) {
  const { control, handoff, status } = conversation
  const forPerson = status === 'active' && (control !== 'agent' || (handoff !== null && handoff.state !== 'none'))
  const { data: brief } = useQuery({ ...briefQuery(conversation.id), enabled: forPerson })
  if (!forPerson || !brief) return null
  return <Card brief={brief} conversation={conversation} answeredAt={answeredAt} />
}

function Card({ brief, conversation, answeredAt }: Props & { brief: Brief }) {
  const { t } = useTranslation('brief')
  const { id } = conversation
  const [chosen, setChosen] = useState(folds.get(id))
  const folded = chosen ?? answeredAt > brief.throughPosition
  const fold = (next: boolean) => {
    folds.set(id, next)
    setChosen(next)
  }
  return (
    <section className="briefcard" aria-label={t('label')}>
      <div className="row small brief-head">
        <AgentAvatar size="xs" />
        <span className="grow tr">
          <b className="strong">{t('title')}</b> <BriefBy brief={brief} />
        </span>
        {!folded && <WriteAgain id={id} />}
        <IconButton
          size="sm"
          label={t(folded ? 'unfold' : 'fold')}
          aria-expanded={!folded}
          icon={folded ? ChevronDown : ChevronUp}
          onClick={() => fold(!folded)}
        />
      </div>
      {!folded && (
        <>
          <BriefLines brief={brief} short />
          {isEmpty(brief) && <p className="small t2">{t('nothing')}</p>}
          <div className="row g3 wrap">
            <BriefMarks brief={brief} />
          </div>
        </>
      )}
    </section>
  )
}

export const isEmpty = ({ wants, answered, open, promised, functions }: Brief): boolean =>
  wants.length + answered.length + open.length + promised.length + functions.length === 0

export function WriteAgain({ id }: { id: string }) {
  const { t } = useTranslation('brief')
  const write = useWriteBrief(id)
  if (!useMay('operator')) return null
  if (write.isPending)
    return (
      <span className="ib sm" role="status" aria-label={t('writing')}>
        <span className="spin" />
      </span>
    )
  return <IconButton size="sm" label={t('again')} icon={RefreshCw} onClick={() => write.mutate()} />
}
