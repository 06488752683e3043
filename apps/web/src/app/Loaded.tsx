/** Shows a query: skeleton after a moment, the error with a way on, then the content; old data stays while refetching. */
import type { UseQueryResult } from '@tanstack/react-query'
import CircleAlert from 'lucide-react/icons/circle-alert'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Banner, SkeletonRows } from '../ui/States.tsx'
import { problemText } from './problem.ts'

type Props<T> = { query: UseQueryResult<T>; rows?: number; children: (data: T) => ReactNode }

export function Loaded<T>({ query, rows, children }: Props<T>) {
  const { t } = useTranslation()
  if (query.data !== undefined) return children(query.data)
  if (!query.isError) return <SkeletonRows rows={rows} />
  return (
    <Banner
      tone="bad"
      icon={CircleAlert}
      actions={
        <Button size="sm" onClick={() => void query.refetch()}>
          {t('retry')}
        </Button>
      }
    >
      {problemText(query.error)}
    </Banner>
  )
}
