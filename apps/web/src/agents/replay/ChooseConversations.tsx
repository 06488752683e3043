/** Which past conversations are played again: the newest of the agent, any of them, all at first. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Loaded } from '../../app/Loaded.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { candidatesQuery } from './queries.ts'

type Props = {
  agentId: string
  open: boolean
  onOpenChange: (open: boolean) => void
  busy: boolean
  onStart: (ids: string[]) => void
}

/** As many as are looked through in one sitting. */
const FIRST = 20

export function ChooseConversations({ agentId, open, onOpenChange, busy, onStart }: Props) {
  const { t } = useTranslation(['trials', 'common'])
  const candidates = useQuery({ ...candidatesQuery(agentId), enabled: open })
  const [picked, setPicked] = useState<readonly string[] | null>(null)
  const all = candidates.data?.map(({ id }) => id) ?? []
  const ids = picked?.filter((id) => all.includes(id)) ?? all.slice(0, FIRST)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={t('trials:replay.chooseTitle')}
      description={t('trials:replay.chooseText')}
      onSubmit={() => ids.length > 0 && onStart(ids)}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={busy} disabled={ids.length === 0}>
            {t('trials:replay.start', { count: ids.length })}
          </Button>
        </>
      }
    >
      <Loaded query={candidates}>
        {(items) =>
          items.length === 0 ? (
            <p className="t3">{t('trials:replay.chooseNone')}</p>
          ) : (
            <div className="choices">
              <Checkbox
                checked={ids.length === all.length}
                mixed={ids.length > 0 && ids.length < all.length}
                onChange={(on) => setPicked(on ? all : [])}
              >
                {t('trials:replay.all', { count: all.length })}
              </Checkbox>
              {items.map(({ id, number, title, contact, lastMessageAt }) => (
                <Checkbox
                  key={id}
                  checked={ids.includes(id)}
                  onChange={(on) => setPicked(on ? [...ids, id] : ids.filter((one) => one !== id))}
                >
                  <span className="num t3">#{number}</span> <bdi>{title ?? contact.name ?? ''}</bdi>{' '}
                  <span className="small t3">{lastMessageAt && <RelativeTime at={lastMessageAt} />}</span>
                </Checkbox>
              ))}
            </div>
          )
        }
      </Loaded>
    </Dialog>
  )
}
