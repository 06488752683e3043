/** The open conversation: head, shape, transcript, composer, and the questions over them. */
import '../texts.ts'
import type { Conversation, Entry } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFollow } from '../../app/live-feed.ts'
import { codeOf, problemText } from '../../app/problem.ts'
import { BriefCard } from '../../brief/BriefCard.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { Composer } from '../composer/Composer.tsx'
import { ControlDialogs } from '../control/Dialogs.tsx'
import { type Question, QuestionContext } from '../control/dialog-context.ts'
import { readEntries } from '../live.ts'
import { contactName } from '../names.ts'
import { reviewQuery } from '../queries.ts'
import { useAddress } from '../use-address.ts'
import { FindBar } from './FindBar.tsx'
import { Minimap } from './Minimap.tsx'
import { SplitReading } from './reading.tsx'
import { ThreadHead } from './ThreadHead.tsx'
import { ThreadSkeleton } from './ThreadSkeleton.tsx'
import { Transcript } from './Transcript.tsx'
import { useEntries } from './use-entries.ts'
import { useFind } from './use-find.ts'
import { useRememberOpened } from './use-remember-opened.ts'

export function Thread({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const [question, setQuestion] = useState<Question>(null)
  useFollow([conversation.id])
  useRememberOpened(conversation.id)
  return (
    <QuestionContext value={setQuestion}>
      <section className="tcol" aria-label={t('threadLabel', { name: contactName(conversation.contact, t) })}>
        <ThreadHead conversation={conversation} />
        <SplitReading>
          <Body conversation={conversation} key={conversation.id} />
        </SplitReading>
        <Composer conversation={conversation} key={`c${conversation.id}`} />
      </section>
      <ControlDialogs conversation={conversation} question={question} onClose={() => setQuestion(null)} />
    </QuestionContext>
  )
}

function Body({ conversation }: { conversation: Conversation }) {
  const { search } = useAddress()
  const find = useFind(conversation, search.q)
  const { data: review } = useQuery(reviewQuery(conversation))
  const { query, entries, reading } = useEntries(conversation.id, conversation.lastPosition)
  useEffect(() => {
    if (entries) readEntries(conversation.id, entries.entries)
  }, [conversation.id, entries])
  // Where the end is not held, what was known of it counts.
  const answeredAt = useRef(0)
  answeredAt.current = Math.max(answeredAt.current, lastWordOfPerson(entries?.entries ?? []))
  if (!entries) {
    return query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : <ThreadSkeleton />
  }
  return (
    <>
      <FindBar find={find} />
      <Minimap conversation={conversation} entries={entries.entries} hasNewer={entries.hasNewer} review={review} />
      <BriefCard conversation={conversation} answeredAt={answeredAt.current} />
      <Transcript conversation={conversation} entries={entries} review={review} find={find} reading={reading} />
    </>
  )
}

const lastWordOfPerson = (entries: readonly Entry[]): number =>
  entries.findLast(({ kind, author }) => kind === 'message' && author.kind === 'operator')?.position ?? 0

export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('conversations')
  const navigate = useNavigate()
  const close = () => void navigate({ to: '/conversations', search: true })
  const missing = codeOf(error) === 'conversation.not_found'
  return (
    <div className="grow threadbox" role="alert">
      <EmptyState
        art="search"
        title={t(missing ? 'missing.title' : 'failed.title')}
        text={missing ? t('missing.text') : problemText(error)}
        actions={
          missing ? (
            <Button onClick={close}>{t('missing.back')}</Button>
          ) : (
            <Button onClick={onRetry}>{t('list.retry')}</Button>
          )
        }
      />
    </div>
  )
}
