/** Every time a question was asked, with the way to the message; some of them can be split off. */
import type { Asking, UnansweredQuestion } from '@earshot/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Choice.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { SkeletonRows } from '../ui/States.tsx'
import { askingsQuery, useQuestion } from './use-insights.ts'

export function Askings({ question: { id, total } }: { question: UnansweredQuestion }) {
  const { t } = useTranslation('insights')
  const askings = useInfiniteQuery(askingsQuery(id))
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { split } = useQuestion(id)
  const mayWrite = useMay('supervisor') && total > 1
  if (askings.isPending) return <SkeletonRows rows={2} />
  const items = askings.data?.pages.flatMap((page) => page.items) ?? []
  const choose = (one: string, is: boolean) =>
    setChosen(is ? [...chosen, one] : chosen.filter((other) => other !== one))
  return (
    <section className="askings" aria-label={t('askings.label')}>
      <ul>
        {items.map((asking) => (
          <li className="row asking" key={asking.id}>
            {mayWrite && (
              <Checkbox
                aria-label={t('askings.choose', { question: asking.question })}
                checked={chosen.includes(asking.id)}
                onChange={(is) => choose(asking.id, is)}
              />
            )}
            <OneAsking asking={asking} />
          </li>
        ))}
      </ul>
      <div className="row">
        {askings.hasNextPage && (
          <Button size="sm" busy={askings.isFetchingNextPage} onClick={() => void askings.fetchNextPage()}>
            {t('askings.more')}
          </Button>
        )}
        {chosen.length > 0 && chosen.length < total && (
          <Button
            size="sm"
            busy={split.isPending}
            onClick={() => split.mutate([...chosen], { onSuccess: () => setChosen([]) })}
          >
            {t('askings.split')}
          </Button>
        )}
      </div>
    </section>
  )
}

function OneAsking({ asking }: { asking: Asking }) {
  const { t } = useTranslation('insights')
  return (
    <div className="grow">
      <Link
        className="link cl2"
        dir="auto"
        to="/conversations/$id"
        params={{ id: asking.conversationId }}
        search={{ at: asking.position }}
      >
        {asking.question}
      </Link>
      <div className="small t3">
        <bdi>{asking.contactName ?? t('askings.somebody')}</bdi> · {asking.channel} · <RelativeTime at={asking.at} /> ·{' '}
        {t(`askings.noticed.${asking.foundBy}`)}
      </div>
    </div>
  )
}
