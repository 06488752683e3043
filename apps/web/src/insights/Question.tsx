/** One unanswered question: how it is asked, how often, by whom, and what to do about it. */
import type { UnansweredQuestion } from '@earshot/contracts'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { Badge } from '../ui/Badge.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { AnswerQuestion } from './AnswerQuestion.tsx'
import { Askings } from './Askings.tsx'
import { MergeDialog, RenameDialog } from './dialogs.tsx'
import { QuestionMenu } from './QuestionMenu.tsx'
import { ReplayDialog } from './ReplayDialog.tsx'
import { Trend } from './Trend.tsx'
import type { Doing } from './use-insights.ts'

type Props = { question: UnansweredQuestion; bucket: 'day' | 'week'; others: UnansweredQuestion[] }

export function Question({ question, bucket, others }: Props) {
  const { t } = useTranslation('insights')
  const [doing, setDoing] = useState<Doing>(null)
  const [open, setOpen] = useState(false)
  const mayWrite = useMay('supervisor')
  const stop = () => setDoing(null)
  const isOpen = question.state === 'open' || question.state === 'drafted'
  if (doing === 'answer')
    return (
      <li>
        <AnswerQuestion question={question} onCancel={stop} onPublished={() => setDoing('replay')} />
      </li>
    )
  return (
    <li>
      <div className="uq">
        <button type="button" className="uq-words" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon of={ChevronRight} size="xs" className="chev" />
          <span className="grow">
            <span className="sr">{t('unanswered.show')} </span>
            <span className="strong cl2" dir="auto">
              {question.question}
            </span>
            <Wordings question={question} />
          </span>
        </button>
        <span className="uq-trend">
          <Trend
            values={question.trend}
            label={t('unanswered.trend', {
              bucket: t(`unanswered.bucket.${bucket}`),
              values: question.trend.join(', '),
            })}
          />
        </span>
        <span className="num small uq-times" title={t('unanswered.before', { count: question.before })}>
          {t('unanswered.times', { count: question.count })}
        </span>
        <span className="small t3 tr uq-who" dir="auto">
          {question.agents.map(({ name }) => name).join(', ')}
        </span>
        <span className="row g2 uq-do">
          <States question={question} />
          {mayWrite && question.state === 'open' && (
            <Button icon={Plus} onClick={() => setDoing('answer')}>
              {t('unanswered.add')}
            </Button>
          )}
          {question.state === 'drafted' && <AskAgain question={question} onCompare={() => setDoing('replay')} />}
          <QuestionMenu question={question} isOpen={isOpen} onDo={setDoing} />
        </span>
      </div>
      {open && <Askings question={question} />}
      {doing === 'rename' && <RenameDialog question={question} onClose={stop} />}
      {doing === 'merge' && <MergeDialog question={question} others={others} onClose={stop} />}
      {doing === 'replay' && <ReplayDialog question={question} onClose={stop} />}
    </li>
  )
}

function AskAgain({ question, onCompare }: { question: UnansweredQuestion; onCompare: () => void }) {
  const { t } = useTranslation('insights')
  if (!useMay('admin')) return null
  return <Button onClick={onCompare}>{t(question.replay ? 'unanswered.compare' : 'unanswered.askAgain')}</Button>
}

function Wordings({ question: { examples, total, languages } }: { question: UnansweredQuestion }) {
  const { t, i18n } = useTranslation('insights')
  const others = total - 1 - examples.length
  const names = new Intl.DisplayNames([i18n.language], { type: 'language' })
  return (
    <span className="small t3 tr block">
      {examples.map((example) => (
        <bdi key={example}>“{example}” </bdi>
      ))}
      {others > 0 && examples.length > 0 && `${t('unanswered.andMore', { count: others })} `}
      {languages.length > 1 && `· ${languages.map((code) => names.of(code) ?? code).join(', ')}`}
    </span>
  )
}

function States({ question: { state, reopenedAt, dismissedFor, settledBy } }: { question: UnansweredQuestion }) {
  const { t } = useTranslation('insights')
  if (state === 'open') return reopenedAt ? <Badge tone="warn">{t('unanswered.reopened')}</Badge> : null
  const tone = state === 'answered' ? 'ok' : state === 'drafted' ? 'info' : undefined
  return (
    <>
      <Badge tone={tone}>{t(`unanswered.state.${state}`)}</Badge>
      {(dismissedFor || settledBy) && (
        <span className="small t3">
          {dismissedFor && t(`unanswered.reasons.${dismissedFor}`)}{' '}
          {settledBy && t('unanswered.settledBy', { name: settledBy })}
        </span>
      )}
    </>
  )
}
