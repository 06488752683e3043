/** Send, with its key on its face, and the choice which key that is. */
import Check from 'lucide-react/icons/check'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../app/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, MenuChoices, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import type { WritingKind } from './mode.ts'
import { type SendKey, sendKey } from './preferences.ts'

const KEYS: Record<SendKey, string> = { enter: '↵', modEnter: 'Ctrl ↵' }
const CHOICES: readonly SendKey[] = ['enter', 'modEnter']

export function SendButton({
  kind,
  disabled,
  onSend,
}: {
  kind: WritingKind
  disabled: boolean
  onSend: (close?: boolean) => void
}) {
  const { t } = useTranslation('conversations')
  const by = useStore(sendKey)
  return (
    <span className="row g1">
      <Menu
        align="end"
        side="top"
        trigger={
          <button type="button" className="ib sm hide-s" aria-label={t('composer.sendMore')}>
            <Icon of={ChevronDown} size="xs" />
          </button>
        }
      >
        {kind === 'message' && (
          <>
            <MenuItem icon={Check} keys="Ctrl ⇧ ↵" disabled={disabled} onSelect={() => onSend(true)}>
              {t('composer.sendAndClose')}
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        <MenuChoices
          value={by}
          onChange={sendKey.set}
          choices={CHOICES.map((value) => ({ value, label: t(`composer.sendBy.${value}`) }))}
        />
      </Menu>
      <Button variant="primary" keys={KEYS[by]} disabled={disabled} onClick={() => onSend()}>
        {t(`composer.verb.${kind}`)}
      </Button>
    </span>
  )
}
