/** A settings page that is one list: its rows, the button that adds one, and words where there is none; and how one of them is deleted. */
import type { UseQueryResult } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import type { ComponentProps, ReactNode } from 'react'
import { Loaded } from '../app/Loaded.tsx'
import { useMay } from '../app/session.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { EmptyState } from '../ui/States.tsx'
import { toast } from '../ui/Toasts.tsx'
import { SettingsPage } from './SettingsPage.tsx'

interface Props<T> {
  words: { title: string; lead: string; add: string; none: string; noneText: string }
  art: ComponentProps<typeof EmptyState>['art']
  query: UseQueryResult<T[]>
  row: (item: T) => ReactNode
  onAdd: () => void
  /** Below the list: further rows, and the dialogs that are open. */
  children: ReactNode
}

export function ListPage<T>({
  words: { title, lead, add, none, noneText },
  art,
  query,
  row,
  onAdd,
  children,
}: Props<T>) {
  const may = useMay('admin')
  return (
    <SettingsPage
      documentTitle={title}
      title={title}
      lead={lead}
      actions={
        may && (
          <Button variant="primary" icon={Plus} onClick={onAdd}>
            {add}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={3}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState art={art} title={none} text={noneText} />
          ) : (
            <ul className="lbox" aria-label={title}>
              {items.map(row)}
            </ul>
          )
        }
      </Loaded>
      {children}
    </SettingsPage>
  )
}

interface DeleteProps {
  id: string
  remove: { isPending: boolean; mutate(id: string, then: { onSuccess(): void }): void }
  words: { title: string; text: string; verb: string; cancel: string; done: string }
  onDone: () => void
}

export function DeleteOne({ id, remove, words: { title, text, verb, cancel, done }, onDone }: DeleteProps) {
  const onSuccess = () => {
    onDone()
    toast.done(done)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={title}
      description={text}
      verb={verb}
      cancel={cancel}
      destructive
      busy={remove.isPending}
      onConfirm={() => remove.mutate(id, { onSuccess })}
    />
  )
}
