/** One value out of a known list; looks like a field, opens like a menu. */
import { Select as Base } from '@base-ui/react/select'
import Check from 'lucide-react/icons/check'
import ChevronDown from 'lucide-react/icons/chevron-down'
import type { ReactNode } from 'react'
import { Icon, type IconShape } from './Icon.tsx'

type Option<V extends string> = { value: V; label: string; icon?: ReactNode; disabled?: boolean }

type Props<V extends string> = {
  label: string
  value: V
  onChange: (value: V) => void
  options: readonly Option<V>[]
  icon?: IconShape
  disabled?: boolean
  id?: string
}

export function Select<V extends string>({ label, value, onChange, options, icon, disabled, id }: Props<V>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
      items={options.map((o) => ({ value: o.value, label: o.label }))}
      disabled={disabled}
    >
      <Base.Trigger className="input select" id={id} aria-label={label}>
        {icon && <Icon of={icon} size="s" className="t3" />}
        <Base.Value className="tr" />
        <Icon of={ChevronDown} size="s" />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          className="floating"
          alignItemWithTrigger={false}
          align="start"
          sideOffset={4}
          collisionPadding={8}
        >
          <Base.Popup className="menu">
            <Base.List>
              {options.map((option) => (
                <Base.Item className="mi" key={option.value} value={option.value} disabled={option.disabled}>
                  {option.icon}
                  <Base.ItemText className="grow tr">{option.label}</Base.ItemText>
                  <Base.ItemIndicator render={<Icon of={Check} size="s" />} />
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
