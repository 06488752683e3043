/** What was said, and nothing else: no score, no tone, no flag may tell what the review thought. */
import { call } from '@earshot/client'
import { type Entry, listEntries } from '@earshot/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { plainPreview } from '../conversations/plain-preview.ts'
import { Button } from '../ui/Button.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'

export function BlindTranscript({ id }: { id: string }) {
  const { t } = useTranslation('quality')
  const said = useInfiniteQuery({
    queryKey: ['blind', 'entries', id],
    queryFn: ({ signal, pageParam }) =>
      call(listEntries, { params: { id }, query: { limit: 200, before: pageParam, kinds: ['message'] }, signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ nextCursor }) => (nextCursor === null ? undefined : Number(nextCursor)),
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
    <section className="scroll said" tabIndex={0} aria-label={t('blind.transcript')}>
      {said.hasNextPage && (
        <Button size="sm" busy={said.isFetchingNextPage} onClick={() => void said.fetchNextPage()}>
          {t('blind.earlier')}
        </Button>
      )}
      <Loaded query={said} rows={8}>
        {({ pages }) =>
          pages
            .flatMap(({ items }) => items)
            .toReversed()
            .map((entry) => <Line entry={entry} key={entry.position} />)
        }
      </Loaded>
    </section>
  )
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation('conversations')
  const { author, text, at } = entry
  return (
    <div className="line">
      <div className="small t3">
        <b className="strong">{author.name ?? t(`author.${author.kind}`)}</b> <RelativeTime at={at} />
      </div>
      <p dir="auto">{author.kind === 'contact' ? text : plainPreview(text ?? '')}</p>
    </div>
  )
}
