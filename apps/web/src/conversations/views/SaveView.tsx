/** Keeps what is on the screen as a view: a new one, or the one it began as. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { RadioCards } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/Field.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { asBody, DEFAULT_SORT, fromBody, wantedOf, wantSame } from '../search.ts'
import { keptColumns, type ShownColumn } from '../table/columns.ts'
import { useAddress, useLayout } from '../use-address.ts'
import { viewsQuery } from '../views.ts'
import { useViewCommands } from './use-view-commands.ts'

export function SaveView({ columns }: { columns: readonly ShownColumn[] }) {
  const { t } = useTranslation('table')
  const { search } = useAddress()
  const layout = useLayout() ?? 'split'
  const { data: views = [] } = useQuery(viewsQuery)
  const { change } = useViewCommands()
  const { member } = useSession()
  const admin = useMay('admin')
  const [naming, setNaming] = useState(false)
  const view = views.find(({ id }) => id === search.savedView)
  const may = view && (view.owner.id === member.id || (admin && view.shared))
  const differs = view && !wantSame(search, { ...fromBody(view.filter), sort: view.sort })
  const drawing = () => ({
    filter: asBody(wantedOf(search)),
    sort: search.sort ?? DEFAULT_SORT,
    layout,
    columns: keptColumns(columns),
  })
  const update = () => {
    if (!view) return
    const told = { onSuccess: () => void toast.done(t('views.updated', { name: view.name })) }
    change.mutate({ id: view.id, ...drawing() }, told)
  }
  return (
    <>
      {may && differs && (
        <Button size="sm" variant="primary" busy={change.isPending} onClick={update}>
          {t('views.update')}
        </Button>
      )}
      {(!view || differs) && (
        <Button size="sm" onClick={() => setNaming(true)}>
          {t(view ? 'views.saveNew' : 'views.save')}
        </Button>
      )}
      {naming && <NewView drawing={drawing()} onClose={() => setNaming(false)} />}
    </>
  )
}

type Create = Parameters<ReturnType<typeof useViewCommands>['create']['mutate']>[0]

function NewView({ drawing, onClose }: { drawing: Omit<Create, 'name'>; onClose: () => void }) {
  const { t } = useTranslation('table')
  const { filter } = useAddress()
  const { create } = useViewCommands()
  const may = useMay('operator')
  const [name, setName] = useState('')
  const [who, setWho] = useState<'private' | 'shared'>('private')
  const save = () => {
    if (name.trim() === '') return
    create.mutate(
      { ...drawing, name: name.trim(), shared: who === 'shared' },
      {
        onSuccess: (view) => {
          toast.done(t('views.savedAs', { name: view.name }))
          filter({ savedView: view.id })
          onClose()
        },
      },
    )
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('views.save')}
      description={t('views.keeps')}
      onSubmit={save}
      footer={
        <>
          <span className="grow" />
          <Cancel onClick={onClose} />
          <Button variant="primary" type="submit" busy={create.isPending} disabled={name.trim() === ''}>
            {t('views.save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('views.name')}
        hint={t('views.nameHint')}
        value={name}
        maxLength={80}
        required
        onChange={({ target }) => setName(target.value)}
      />
      {may && (
        <RadioCards
          label={t('views.who')}
          value={who}
          onChange={setWho}
          options={[
            { value: 'private', title: t('views.onlyMe'), text: t('views.private') },
            { value: 'shared', title: t('views.everyone'), text: t('views.shared') },
          ]}
        />
      )}
    </Dialog>
  )
}

function Cancel({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation()
  return (
    <Button variant="quiet" onClick={onClick}>
      {t('cancel')}
    </Button>
  )
}
