/** The rows of one queue under their headings; J and K walk, C claims, a dot shows what is new. */
import type { QueueItem } from '@earshot/contracts'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../app/shortcuts.ts'
import { useHold } from '../conversations/list/use-hold.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { EmptyState } from '../ui/States.tsx'
import type { Group } from './groups.ts'
import type { QueueTab } from './inbox-search.ts'
import { QueueRow } from './QueueRow.tsx'
import { useHeldGroups } from './use-held-groups.ts'

/** More than this many rows are drawn when they are asked for. */
const DRAWN = 150

type Props = {
  groups: Group[]
  all: readonly QueueItem[]
  tab: QueueTab
  memberId: string
  mayAct: boolean
  selected: string | undefined
  openId: string | undefined
  onSelect: (id: string) => void
  /** True: the click only selects; the conversation opens by a second one. */
  selectFirst: boolean
}

export function QueueList({ groups, all, tab, memberId, mayAct, selected, openId, onSelect, selectFirst }: Props) {
  const { t } = useTranslation('inbox')
  const { shown, fresh, hold, apply } = useHeldGroups(groups, all)
  const [drawn, setDrawn] = useState(DRAWN)
  const holding = useHold(hold)
  const rows = shown.flatMap(({ items }) => items)
  useWalk(rows, openId ?? selected)
  useShortcuts(fresh > 0 ? [{ keys: '.', group: 'move', label: t('applyNew'), run: apply }] : [])
  const onOpen = useCallback<Parameters<typeof QueueRow>[0]['onOpen']>(
    (event, id) => {
      // A click of the keyboard has no count: it opens.
      if (!selectFirst || event.detail === 0 || id === selected) return
      event.preventDefault()
      onSelect(id)
    },
    [selectFirst, selected, onSelect],
  )
  let left = drawn
  return (
    <section className="scroll qlist grow" aria-label={t('list')} {...holding}>
      <span role="status">
        {fresh > 0 && (
          <button type="button" className="newpill" onClick={apply}>
            <Icon of={ArrowUp} size="xs" />
            {t('new', { count: fresh })}
          </button>
        )}
      </span>
      {rows.length === 0 && tab !== 'board' && (
        <EmptyState art={tab === 'calls' ? 'wave' : 'inbox'} title={t(`empty.${tab}`)} text={t(`empty.${tab}Text`)} />
      )}
      {shown.map(({ key, items }) => {
        const drawnItems = items.slice(0, Math.max(0, left))
        left -= items.length
        if (drawnItems.length === 0) return null
        return (
          <section key={key} aria-label={t(`group.${key}`)}>
            <div className="qgroup">
              <span className={key === 'past' ? 'bad' : undefined}>{t(`group.${key}`)}</span>
              <span className="t3 num">{items.length}</span>
            </div>
            {drawnItems.map((item) => (
              <QueueRow
                key={item.conversationId}
                item={item}
                memberId={memberId}
                tab={tab}
                mayAct={mayAct}
                isSelected={openId === undefined && item.conversationId === selected}
                isOpen={item.conversationId === openId}
                onSelect={onSelect}
                onOpen={onOpen}
              />
            ))}
          </section>
        )
      })}
      {rows.length > drawn && (
        <div className="qgroup">
          <Button onClick={() => setDrawn((was) => was + DRAWN)}>
            {t('more', { count: Math.min(DRAWN, rows.length - drawn) })}
          </Button>
        </div>
      )}
    </section>
  )
}

function useWalk(rows: readonly QueueItem[], here: string | undefined): void {
  const { t } = useTranslation('inbox')
  const step = (by: number) => {
    const focused = document.activeElement?.getAttribute('data-row') ?? here
    const from = rows.findIndex(({ conversationId }) => conversationId === focused)
    const to = rows[Math.min(rows.length - 1, Math.max(0, from < 0 ? 0 : from + by))]
    const link = to && document.querySelector<HTMLElement>(`.qlist [data-row="${to.conversationId}"]`)
    link?.scrollIntoView({ block: 'nearest' })
    link?.focus({ preventScroll: true })
  }
  useShortcuts([
    { keys: 'J', group: 'move', label: t('next'), run: () => step(1) },
    { keys: 'K', group: 'move', label: t('previous'), run: () => step(-1) },
  ])
}
