/** Adds a tag to all that is chosen, or takes one away. */
import TagIcon from 'lucide-react/icons/tag'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/Field.tsx'
import { Popover } from '../../ui/Popover.tsx'
import type { Act } from './act.ts'

export function TagForm({ act }: { act: Act }) {
  const { t } = useTranslation('table')
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  useShortcuts([{ keys: '#', group: 'act', label: t('bulk.tag'), run: () => setOpen(true) }])
  const [key = '', value = ''] = typed.split(/:(.*)/s).map((part) => part.trim())
  const tag = { key: key.slice(0, 64), value: value.slice(0, 64) }
  const send = (how: 'add' | 'remove') => {
    if (key === '') return
    const empty = { add: [], remove: [] }
    act({ type: 'tags', ...empty, [how]: [tag] })
    setOpen(false)
    setTyped('')
  }
  return (
    <Popover
      side="top"
      open={open}
      onOpenChange={setOpen}
      label={t('bulk.tag')}
      className="tagform"
      trigger={
        <Button variant="quiet" icon={TagIcon}>
          {t('bulk.tag')}
        </Button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send('add')
        }}
      >
        <TextField
          label={t('bulk.tagField')}
          hint={t('filter.tagHint')}
          value={typed}
          maxLength={130}
          onChange={({ target }) => setTyped(target.value)}
        />
        <div className="row">
          <Button size="sm" variant="primary" type="submit" disabled={key === ''}>
            {t('bulk.tagAdd')}
          </Button>
          <Button size="sm" disabled={key === ''} onClick={() => send('remove')}>
            {t('bulk.tagRemove')}
          </Button>
        </div>
      </form>
    </Popover>
  )
}
