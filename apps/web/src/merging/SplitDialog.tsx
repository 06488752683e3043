/** Split: choose the message that begins the new conversation. */
import { call } from '@earshot/client'
import { type Entry, listEntries } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { absoluteTime } from '../ui/relative-time.ts'
import { useSplit } from './use-merging.ts'

const LISTED = 200

export function SplitDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation(['merging', 'common'])
  const [position, setPosition] = useState<number | null>(null)
  const split = useSplit(onClose)
  const { data } = useQuery({
    queryKey: ['conversations', id, 'to-split'],
    queryFn: ({ signal }) =>
      call(listEntries, { params: { id }, query: { limit: LISTED, kinds: ['message'] }, signal }),
    gcTime: 0,
  })
  const messages = data?.items.toReversed() ?? []
  // Something has to stay: the first of all can only begin a part when older ones are not listed.
  const choices = data?.nextCursor === null ? messages.slice(1) : messages
  const confirm = () => {
    if (position !== null && !split.isPending) split.mutate({ id, position })
  }
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(next) => !next && onClose()}
      title={t('split.title')}
      description={t('split.text')}
      onSubmit={confirm}
      footer={
        <>
          <span className="small t3 grow" aria-live="polite">
            {position !== null &&
              t('split.parts', {
                before: messages.filter((entry) => entry.position < position).length,
                after: messages.filter((entry) => entry.position >= position).length,
              })}
          </span>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={split.isPending} disabled={position === null}>
            {t('split.verb')}
          </Button>
        </>
      }
    >
      <Choices choices={choices} position={position} onChoose={setPosition} />
      {data?.nextCursor && <p className="small t3">{t('split.older', { count: LISTED })}</p>}
    </Dialog>
  )
}

type ChoicesProps = { choices: Entry[]; position: number | null; onChoose: (position: number) => void }

function Choices({ choices, position, onChoose }: ChoicesProps) {
  const { t } = useTranslation('merging')
  const { t: words } = useTranslation('conversations')
  const name = useId()
  return (
    <fieldset className="split-at">
      <legend className="small t3">{t('split.from')}</legend>
      {choices.map((entry) => (
        <label key={entry.position} className="row">
          <input
            type="radio"
            className="radio"
            name={name}
            checked={entry.position === position}
            onChange={() => onChoose(entry.position)}
          />
          <span className="tr" dir="auto">
            <b>{entry.author.name ?? words(`author.${entry.author.kind}`)}</b>{' '}
            {entry.text || entry.attachments[0]?.name}
          </span>
          <time className="small t3 num" dateTime={entry.at}>
            {absoluteTime(new Date(entry.at))}
          </time>
        </label>
      ))}
    </fieldset>
  )
}
