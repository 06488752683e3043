/** A search that ran out of its time says so, and goes on when asked: what is listed may not be all. */
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'
import type { useList } from './use-list.ts'

type Query = ReturnType<typeof useList>['query']

export const isPartial = (query: Query): boolean => query.data?.pages.at(-1)?.partial === true

export function PartialNotice({ query }: { query: Query }) {
  const { t } = useTranslation('table')
  const partial = isPartial(query) && query.hasNextPage
  return (
    <div role="status">
      {partial && (
        <div className="row g3 partial small">
          <span className="grow">{t('partial.text')}</span>
          <Button size="sm" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('partial.on')}
          </Button>
        </div>
      )}
    </div>
  )
}
