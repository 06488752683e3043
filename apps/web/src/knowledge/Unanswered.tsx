/** Questions that no article answers: read the conversation, begin an article, or take it off the list. */
import { call } from '@earshot/client'
import { type AskedQuestion, dismissQuestion, draftFromQuestion, listUnanswered } from '@earshot/contracts'
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { useMay } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { EmptyState, SkeletonRows } from '../ui/States.tsx'

export function Unanswered() {
  const { t } = useTranslation('knowledge')
  const questions = useInfiniteQuery({
    queryKey: ['knowledge', 'unanswered'],
    queryFn: ({ pageParam, signal }) => call(listUnanswered, { query: { cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  })
  const items = questions.data?.pages.flatMap((page) => page.items) ?? []
  if (questions.isPending) return <SkeletonRows />
  if (items.length === 0) return <EmptyState art="check" title={t('noneUnanswered')} text={t('noneUnansweredText')} />
  return (
    <div className="scroll grow">
      {items.map((asked) => (
        <Question asked={asked} key={asked.id} />
      ))}
      {questions.hasNextPage && (
        <div className="row more">
          <Button busy={questions.isFetchingNextPage} onClick={() => void questions.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Question({ asked }: { asked: AskedQuestion }) {
  const { t } = useTranslation('knowledge')
  const mayWrite = useMay('supervisor')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const params = { id: asked.id }
  const settled = () => queries.invalidateQueries({ queryKey: ['knowledge'] })
  const draft = useMutation({
    mutationFn: () => call(draftFromQuestion, { params }),
    onSuccess: async (article) => {
      await settled()
      await navigate({ to: '/knowledge/$id', params: { id: article.id } })
    },
    onError: tellProblem,
  })
  const dismiss = useMutation({
    mutationFn: () => call(dismissQuestion, { params }),
    onSuccess: settled,
    onError: tellProblem,
  })
  return (
    <div className="artrow">
      <Link className="strong cl2" dir="auto" to="/conversations/$id" params={{ id: asked.conversationId }}>
        {asked.question}
      </Link>
      <span className="m">
        {asked.contactName && (
          <span className="tr" dir="auto">
            {asked.contactName}
          </span>
        )}
        <RelativeTime at={asked.at} />
      </span>
      {mayWrite && (
        <span className="row">
          <Button size="sm" busy={draft.isPending} onClick={() => draft.mutate()}>
            {t('addToKnowledge')}
          </Button>
          <Button size="sm" variant="quiet" busy={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {t('dismiss')}
          </Button>
        </span>
      )}
    </div>
  )
}
