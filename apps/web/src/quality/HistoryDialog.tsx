/** All reviews of a conversation: any earlier one beside the newest, part by part, with what people said of it. */
import { call } from '@earshot/client'
import { listReviews, type Review } from '@earshot/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../app/Loaded.tsx'
import { analyserName } from '../contact/SessionSummary.tsx'
import { codeWords } from '../conversations/code-words.ts'
import { keys } from '../conversations/keys.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { absoluteTime } from '../ui/relative-time.ts'
import { Select } from '../ui/Select.tsx'
import { SaidOtherwise } from './Overruled.tsx'
import { useValueWords } from './value-words.ts'

export default function HistoryDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation(['quality', 'common'])
  const reviews = useInfiniteQuery({
    queryKey: [...keys.review(id), 'all'],
    queryFn: ({ signal, pageParam }) =>
      call(listReviews, { params: { id }, query: { limit: 20, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title={t('history.title')}
      description={t('history.text')}
      footer={
        <>
          {reviews.hasNextPage && (
            <Button busy={reviews.isFetchingNextPage} onClick={() => void reviews.fetchNextPage()}>
              {t('history.more')}
            </Button>
          )}
          <span className="grow" />
          <Button onClick={onClose}>{t('history.close')}</Button>
        </>
      }
    >
      <Loaded query={reviews} rows={6}>
        {({ pages }) => <Compared all={pages.flatMap(({ items }) => items)} />}
      </Loaded>
    </Dialog>
  )
}

function Compared({ all }: { all: readonly Review[] }) {
  const { t } = useTranslation('quality')
  const [now, ...earlier] = all
  const [chosen, setChosen] = useState<string>()
  const then = earlier.find(({ id }) => id === chosen) ?? earlier[0]
  if (!now || !then) return <p className="t2">{t('history.only')}</p>
  return (
    <>
      <Field label={t('history.which')}>
        {({ id }) => (
          <Select
            id={id}
            label={t('history.which')}
            value={then.id}
            onChange={setChosen}
            options={earlier.map((one) => ({ value: one.id, label: nameOf(one) }))}
          />
        )}
      </Field>
      <SideBySide now={now} then={then} />
      {then.overrides.map((override) => (
        <SaidOtherwise override={override} key={override.id} />
      ))}
    </>
  )
}

const nameOf = (review: Review) =>
  [absoluteTime(new Date(review.createdAt)), `#${review.throughPosition}`, analyserName(review)].join(' · ')

function SideBySide({ now, then }: { now: Review; then: Review }) {
  const { t } = useTranslation('quality')
  const words = useValueWords()
  const keysOf = [...new Set([...now.quality.parts, ...then.quality.parts].map(({ key }) => key))]
  return (
    <table className="aqt">
      <thead>
        <tr>
          <th scope="col">{t('history.part')}</th>
          <th scope="col" className="r">
            {t('history.then')}
          </th>
          <th scope="col" className="r">
            {t('history.now')}
          </th>
        </tr>
      </thead>
      <tbody>
        <Row
          name={t('history.score')}
          then={then.effective.score ?? t('history.none')}
          now={now.effective.score ?? t('history.none')}
        />
        {keysOf.map((key) => (
          <Row name={codeWords('quality.part', key)} then={pointsOf(then, key)} now={pointsOf(now, key)} key={key} />
        ))}
        <Row
          name={words.name('resolution', null)}
          then={words.value('resolution', then.resolution)}
          now={words.value('resolution', now.resolution)}
        />
      </tbody>
    </table>
  )
}

function Row({ name, then, now }: { name: string; then: string | number; now: string | number }) {
  return (
    <tr className={then === now ? undefined : 'differs'}>
      <td>{name}</td>
      <td className="r num">{then}</td>
      <td className="r num">{now}</td>
    </tr>
  )
}

function pointsOf({ quality, overrides }: Review, key: string): string {
  const part = quality.parts.find((one) => one.key === key)
  if (!part?.applicable) return '–'
  const person = overrides.find((one) => one.part === key && one.ended === null)?.person
  return person === undefined ? `${part.points} / ${part.max}` : `${person} (${part.points}) / ${part.max}`
}
