/** Ctrl K: conversations by anything in them, and every command, from one field. Loaded when first opened. */
import '../../settings/texts.ts'
import { Autocomplete } from '@base-ui/react/autocomplete'
import Search from 'lucide-react/icons/search'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TopDialog } from '../../ui/Dialog.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import type { Choice, ChoiceGroup } from './choice.ts'
import { useChoices } from './use-choices.tsx'

type Props = { onOpenChange: (open: boolean) => void; onShortcuts: () => void }

export default function Palette({ onOpenChange, onShortcuts }: Props) {
  const { t } = useTranslation('shell')
  const [typed, setTyped] = useState('')
  const groups = useChoices(typed, onShortcuts)
  const before = useRef(document.activeElement)
  return (
    <TopDialog open onOpenChange={onOpenChange} label={t('palette.label')} finalFocus={() => landing(before.current)}>
      <Autocomplete.Root
        open
        inline
        mode="none"
        items={groups}
        value={typed}
        // Choosing a line would write its words into the field, just before the palette closes.
        onValueChange={(value, { reason }) => reason !== 'item-press' && setTyped(value)}
        itemToStringValue={(choice: Choice) => choice.label}
        autoHighlight="always"
        keepHighlight
      >
        <div className="in">
          <Icon of={Search} className="t3" />
          <Autocomplete.Input aria-label={t('palette.label')} placeholder={t('palette.placeholder')} />
        </div>
        <Autocomplete.Empty className="t3">
          {groups.length === 0 && <div className="none-found">{t('palette.nothing', { query: typed.trim() })}</div>}
        </Autocomplete.Empty>
        <Autocomplete.List className="scroll palette-list">
          {(group: ChoiceGroup) => <Group group={group} key={group.label} done={() => onOpenChange(false)} />}
        </Autocomplete.List>
        <div className="foot">
          <span>
            <Kbd keys="↑ ↓" /> {t('palette.move')}
          </span>
          <span>
            <Kbd keys="↵" /> {t('palette.open')}
          </span>
          <span>
            <Kbd keys=">" /> {t('palette.only')}
          </span>
        </div>
      </Autocomplete.Root>
    </TopDialog>
  )
}

/** Back to where the person was, or to the work area when that is gone or was nowhere. */
function landing(before: Element | null): HTMLElement | null {
  const usable = before instanceof HTMLElement && before !== document.body && before.isConnected
  return usable ? before : document.getElementById('main')
}

function Group({ group, done }: { group: ChoiceGroup; done: () => void }) {
  return (
    <Autocomplete.Group items={group.items}>
      <Autocomplete.GroupLabel className="mlabel">{group.label}</Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(choice: Choice) => (
          <Autocomplete.Item
            className="mi"
            key={choice.key}
            value={choice}
            onClick={() => {
              done()
              choice.run()
            }}
          >
            {choice.mark}
            <span className="grow tr" dir="auto">
              {choice.label}
              {choice.more && <span className="t3"> {choice.more}</span>}
            </span>
            {choice.aside}
            {choice.keys && <Kbd keys={choice.keys} />}
          </Autocomplete.Item>
        )}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  )
}
