/** Merge: two conversations of one contact side by side, which of them survives, and what of each. */
import type { Conversation } from '@earshot/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contactName } from '../conversations/names.ts'
import { contactHistoryQuery, conversationQuery } from '../conversations/queries.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { absoluteTime } from '../ui/relative-time.ts'
import { Select } from '../ui/Select.tsx'
import { useMerge } from './use-merging.ts'

export function MergeDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation(['merging', 'common'])
  const { t: words } = useTranslation('conversations')
  const cache = useQueryClient()
  const { data: here } = useQuery(conversationQuery(cache, id))
  const history = useQuery({
    ...contactHistoryQuery(here?.contact.id ?? ''),
    enabled: here !== undefined,
    staleTime: 0,
  })
  const others = (history.data?.items ?? []).filter((one) => one.id !== id)
  const [chosen, setChosen] = useState<string | null>(null)
  const [otherSurvives, setOtherSurvives] = useState(false)
  const merge = useMerge(onClose)
  const other = others.find((one) => one.id === chosen) ?? others[0]
  const [survivor, away] = otherSurvives ? [other, here] : [here, other]
  const confirm = () => {
    if (survivor && away && !merge.isPending) merge.mutate({ survivor, other: away })
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title={t('title')}
      description={t('text')}
      onSubmit={confirm}
      footer={
        <>
          <span className="grow" />
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={merge.isPending} disabled={!other}>
            {t('verb')}
          </Button>
        </>
      }
    >
      {here && history.isSuccess && !other && <p>{t('none', { name: contactName(here.contact, words) })}</p>}
      {history.isPending && <p className="t3">{t('loading')}</p>}
      {others.length > 1 && other && (
        <Field label={t('which')}>
          {({ id: fieldId }) => (
            <Select
              id={fieldId}
              label={t('which')}
              value={other.id}
              onChange={setChosen}
              options={others.map((one) => ({ value: one.id, label: nameOf(one) }))}
            />
          )}
        </Field>
      )}
      {here && other && <Sides here={here} other={other} otherSurvives={otherSurvives} onSurvivor={setOtherSurvives} />}
    </Dialog>
  )
}

const nameOf = ({ number, title, preview, startedAt }: Conversation) =>
  `#${number} · ${absoluteTime(new Date(startedAt))} · ${(title ?? preview?.text ?? '').slice(0, 60)}`

type SidesProps = {
  here: Conversation
  other: Conversation
  otherSurvives: boolean
  onSurvivor: (other: boolean) => void
}

function Sides({ here, other, otherSurvives, onSurvivor }: SidesProps) {
  const { t } = useTranslation('merging')
  const survivor = otherSurvives ? other : here
  const rows = useRows()
  return (
    <>
      <div className="merge">
        <div className="h">{t('survivor')}</div>
        {[here, other].map((one, i) => (
          <label className={clsx(one === survivor && 'w')} key={one.id}>
            <input
              type="radio"
              className="radio"
              name="survivor"
              checked={one === survivor}
              aria-label={t('first', { what: t('survivor'), number: one.number })}
              onChange={() => onSurvivor(i === 1)}
            />
            <span className="strong tr">{t('number', { number: one.number })}</span>
          </label>
        ))}
        {rows.map(({ key, of, winner }) => (
          <Row
            key={key}
            label={t(`row.${key}`)}
            values={[of(here), of(other)]}
            wins={[here, other].map((one) => winner(one, survivor, one === here ? other : here))}
          />
        ))}
      </div>
      <p className="small t3">
        {t('kept', { count: here.messageCount + other.messageCount })}{' '}
        {here.channel.id !== other.channel.id && t('overChannel', { channel: survivor.channel.name })}
      </p>
    </>
  )
}

type RowOf = {
  key: 'channel' | 'status' | 'started' | 'messages' | 'title' | 'stage' | 'rating' | 'tags'
  of: (one: Conversation) => ReactNode
  /** Whether the value of `one` is in the merged conversation. */
  winner: (one: Conversation, survivor: Conversation, other: Conversation) => boolean
}

/** The same rules as the server's: the survivor's own, the other's where it has none, and both where both fit. */
function useRows(): RowOf[] {
  const { t } = useTranslation('merging')
  const { t: words } = useTranslation('conversations')
  const own: RowOf['winner'] = (one, survivor) => one === survivor
  const both: RowOf['winner'] = () => true
  const ownOr =
    (has: (one: Conversation) => boolean): RowOf['winner'] =>
    (one, survivor, other) =>
      has(one) && (one === survivor || !has(other))
  const rows: RowOf[] = [
    { key: 'channel', of: (one) => one.channel.name, winner: own },
    {
      key: 'status',
      of: (one) => words(`status.${one.status}`),
      winner: (one, survivor, other) =>
        one.status === other.status
          ? one === survivor
          : one.status === 'active' || (other.status !== 'active' && one === survivor),
    },
    {
      key: 'started',
      of: (one) => absoluteTime(new Date(one.startedAt)),
      winner: (one, survivor, other) =>
        one.startedAt === other.startedAt ? one === survivor : one.startedAt < other.startedAt,
    },
    { key: 'messages', of: (one) => one.messageCount, winner: both },
    { key: 'title', of: (one) => one.title, winner: ownOr((one) => one.title !== null) },
    { key: 'stage', of: (one) => one.stage.name, winner: own },
    {
      key: 'rating',
      of: (one) => one.rating && `${'★'.repeat(one.rating.stars)} ${one.rating.comment ?? ''}`,
      winner: ownOr((one) => one.rating !== null),
    },
    {
      key: 'tags',
      of: (one) => one.tags.map(({ key, value }) => (value === '' ? key : `${key}:${value}`)).join(', '),
      winner: (one) => one.tags.length > 0,
    },
  ]
  const orNone = (value: ReactNode) => value || <span className="none">{t('empty')}</span>
  return rows.map((row) => ({ ...row, of: (one) => orNone(row.of(one)) }))
}

function Row({ label, values, wins }: { label: string; values: ReactNode[]; wins: boolean[] }) {
  return (
    <>
      <div className="h">{label}</div>
      {values.map((value, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two sides, always the same two
        <div className={clsx(wins[i] && 'w')} key={i}>
          <span className="tr" dir="auto">
            {value}
          </span>
        </div>
      ))}
    </>
  )
}
