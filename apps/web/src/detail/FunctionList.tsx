/** Every function the agent called, with what it gave, what came back and how long it took; a click goes to its place. */
import { call } from '@earshot/client'
import { type CalledFunction, type Conversation, listFunctions } from '@earshot/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useTranslation } from 'react-i18next'
import { problemText } from '../app/problem.ts'
import { Section } from '../contact/Section.tsx'
import { keys } from '../conversations/keys.ts'
import { CallStatus, callDuration } from '../conversations/thread/FunctionCall.tsx'
import { Json } from '../conversations/thread/Json.tsx'
import { useReading } from '../conversations/thread/reading.tsx'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Skeleton } from '../ui/States.tsx'

const PAGE = 50

export function FunctionList({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation(['detail', 'conversations'])
  const { id, functions } = conversation
  const query = useInfiniteQuery({
    queryKey: keys.functions(id),
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(listFunctions, { params: { id }, query: { limit: PAGE, before: pageParam }, signal }),
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : Number(nextCursor)),
    enabled: functions.length > 0,
  })
  const calls = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Section
      title={t('functions.title')}
      end={calls.length > 0 && t('functions.count', { count: calls.length, more: query.hasNextPage ? '+' : '' })}
    >
      {functions.length === 0 && <span className="none">{t('functions.none')}</span>}
      {query.isLoading && <Skeleton height={36} className="sk-late" />}
      {query.isError && (
        <p className="small t2" role="alert">
          {problemText(query.error)}{' '}
          <Button size="sm" onClick={() => void query.refetch()}>
            {t('conversations:list.retry')}
          </Button>
        </p>
      )}
      {calls.map((one) => (
        <CallRow called={one} key={one.position} />
      ))}
      {query.hasNextPage && (
        <Button size="sm" variant="quiet" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('functions.more')}
        </Button>
      )}
    </Section>
  )
}

function CallRow({ called }: { called: CalledFunction }) {
  const { t } = useTranslation(['detail', 'conversations'])
  const { goTo } = useReading()
  const { name, parameters, result, status, durationMs, position } = called
  return (
    <details className="fcall">
      <summary>
        <Icon of={ChevronRight} size="xs" className="chev" />
        <span className="mono tr">{name}</span>
        <span className="mono t3 tr" dir="ltr">
          {JSON.stringify(parameters ?? null)}
        </span>
        <span className="small">
          <CallStatus status={status} />
        </span>
        <span className="num t3 small end">
          {durationMs === null ? t('functions.noTime') : callDuration(durationMs)}
        </span>
      </summary>
      <div className="body">
        <div className="lab">{t('conversations:function.parameters')}</div>
        <Json value={parameters ?? null} />
        <div className="lab">{t('conversations:function.result')}</div>
        {result === null ? <span className="none">{t('functions.noResult')}</span> : <Json value={result} />}
        <Button size="sm" variant="quiet" onClick={() => goTo(position)}>
          {t('functions.goTo', { position })}
        </Button>
      </div>
    </details>
  )
}
