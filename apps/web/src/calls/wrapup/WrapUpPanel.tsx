/** Beside a call that is over, for who spoke on it: the draft, how it ended, what was promised, and a note for the next person. */
import './texts.ts'
import '../../styles/wrap-up.css'
import { call as ask } from '@earshot/client'
import { type Call, type Conversation, type Outcome, regenerateReview } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { durationOf } from '../../contact/amounts.ts'
import { ResolutionCard } from '../../contact/ResolutionCard.tsx'
import { SectionLevel } from '../../contact/Section.tsx'
import { keys } from '../../conversations/keys.ts'
import { reviewQuery, stagesQuery } from '../../conversations/queries.ts'
import words from '../../i18n/en/wrapUp.json'
import { useTick } from '../../inbox/tick.ts'
import { AgentAvatar } from '../../ui/Avatar.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Segmented } from '../../ui/Choice.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { moreTime, useAfterCall } from './after-call.ts'
import { Promises } from './Promises.tsx'
import { type Promised, useSaveWrapUp } from './use-save-wrap-up.ts'

type Props = { call: Call; conversation: Conversation; waiting: number }
const OUTCOMES = ['completed', 'transferred', 'abandoned', 'failed'] as const satisfies readonly Outcome[]

export function WrapUpPanel({ call, conversation, waiting }: Props) {
  const { t } = useTranslation(['wrapUp', 'conversations'])
  const { data: review } = useQuery(reviewQuery(conversation))
  const { data: stages = [] } = useQuery(stagesQuery)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [stage, setStage] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [promises, setPromises] = useState<Promised[]>([])
  const { save, leave } = useSaveWrapUp(call.id, conversation)
  const chosen = outcome ?? conversation.outcome ?? 'completed'
  const now = { outcome: chosen, stage: stage ?? conversation.stage.key, note, promises }
  const store = () => {
    if (!save.isPending) save.mutate(now)
  }
  useShortcuts([{ keys: 'E', group: 'act', label: t('save'), run: store }])
  const suggested = stages.find(({ key }) => key === review?.suggestedStage)
  return (
    <aside className="icol wrapup open" aria-label={t('title')}>
      <div className="bar">
        <h2 className="title grow">{t('title')}</h2>
        <Left />
      </div>
      <div className="scroll grow wrapup-body">
        <Draft conversation={conversation} text={review?.sessionSummary ?? null} />
        <div className="field">
          <span className="lab">{t('outcome')}</span>
          <Segmented
            label={t('outcome')}
            value={chosen}
            onChange={setOutcome}
            options={OUTCOMES.map((value) => ({ value, label: t(`conversations:outcome.${value}`) }))}
          />
          <Why conversation={conversation} />
        </div>
        <SectionLevel value="h3">
          <ResolutionCard conversation={conversation} />
        </SectionLevel>
        <Field
          label={t('stage')}
          hint={suggested && suggested.key !== now.stage ? t('stageSuggested', { stage: suggested.name }) : undefined}
        >
          {({ id }) => (
            <Select
              id={id}
              label={t('stage')}
              value={now.stage}
              onChange={setStage}
              options={stages.map(({ key, name }) => ({ value: key, label: name }))}
            />
          )}
        </Field>
        <Promises conversationId={conversation.id} promises={promises} onChange={setPromises} />
        <Field label={t('note')}>
          {({ id }) => (
            <textarea
              className="textarea"
              id={id}
              rows={3}
              maxLength={4000}
              placeholder={t('notePlaceholder')}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="row wrapup-foot">
        <MoreTime />
        <span className="grow" />
        <Button variant="quiet" busy={leave.isPending} onClick={() => leave.mutate('skipped')}>
          {t('skip')}
        </Button>
        <Button onClick={() => leave.mutate('later')}>{t('later')}</Button>
        <Button variant="primary" keys="E" busy={save.isPending} onClick={store}>
          {t(waiting > 1 ? 'saveNext' : 'save')}
        </Button>
      </div>
    </aside>
  )
}

/** Why the outcome stands as it does, when the end of the call has set it. */
function Why({ conversation: { outcomeBy, endReason } }: { conversation: Conversation }) {
  const { t } = useTranslation('wrapUp')
  if (outcomeBy !== 'event' || !isWhy(endReason)) return null
  return <span className="hint">{t('suggested', { why: t(`why.${endReason}`) })}</span>
}

const isWhy = (reason: string | null): reason is keyof typeof words.why => reason !== null && reason in words.why

function Draft({ conversation, text }: { conversation: Conversation; text: string | null }) {
  const { t } = useTranslation('wrapUp')
  const cache = useQueryClient()
  const again = useMutation({
    mutationFn: () => ask(regenerateReview, { params: { id: conversation.id } }),
    onSuccess: (review) => cache.setQueryData(keys.review(conversation.id), review),
    onError: tellProblem,
  })
  return (
    <div className="card wrapup-draft">
      <div className="row small t3">
        <AgentAvatar size="xs" />
        <span className="grow">{t('draft')}</span>
        <IconButton
          size="sm"
          icon={RefreshCw}
          label={t('draftAgain')}
          aria-busy={again.isPending || undefined}
          onClick={() => !again.isPending && again.mutate()}
        />
      </div>
      <p dir="auto">{text ?? <span className="t3">{t('noDraft')}</span>}</p>
    </div>
  )
}

function Left() {
  const { t } = useTranslation('wrapUp')
  const until = useAfterCall()
  const text = useRef<HTMLSpanElement>(null)
  useTick((now) => {
    if (until === null || !text.current) return
    const time = durationOf(Math.max(0, until - now))
    text.current.textContent = time
    text.current.setAttribute('aria-label', t('left', { time }))
  })
  if (until === null) return null
  return (
    <>
      <span className="small t3">{t('nextOffer')}</span>
      <span className="num strong" role="timer" aria-live="off" ref={text} />
    </>
  )
}

function MoreTime() {
  const { t } = useTranslation('wrapUp')
  const cache = useQueryClient()
  if (useAfterCall() === null) return null
  return (
    <Button variant="quiet" onClick={() => moreTime(cache)}>
      {t('more')}
    </Button>
  )
}
