/** Menus: a button that opens a list of actions or choices. */
import { Menu as Base } from '@base-ui/react/menu'
import clsx from 'clsx'
import Check from 'lucide-react/icons/check'
import type { ReactElement, ReactNode } from 'react'
import { Icon, type IconShape } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'

type MenuProps = {
  /** The button; it is given the handlers and ARIA state. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end'
  className?: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

export function Menu({
  trigger,
  children,
  align = 'start',
  side = 'bottom',
  className,
  open,
  onOpenChange,
}: MenuProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange && ((next) => onOpenChange(next))}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="floating" align={align} side={side} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={clsx('menu', className)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

type ItemProps = {
  icon?: IconShape
  keys?: string
  /** Red, for what takes something away. */
  bad?: boolean
  disabled?: boolean
  /** Quiet text at the end: a count, a place. */
  aside?: ReactNode
  children: ReactNode
}

export function MenuItem({
  icon,
  keys,
  bad,
  disabled,
  aside,
  children,
  onSelect,
}: ItemProps & { onSelect: () => void }) {
  return (
    <Base.Item className={clsx('mi', bad && 'bad')} disabled={disabled} onClick={onSelect}>
      {icon && <Icon of={icon} />}
      <span className="grow tr">{children}</span>
      {aside && <span className="c">{aside}</span>}
      {keys && <Kbd keys={keys} />}
    </Base.Item>
  )
}

/** An entry that navigates: give the link as `render`, so that a middle click opens a tab. */
export function MenuLink({ icon, keys, render, children }: ItemProps & { render: ReactElement }) {
  return (
    <Base.LinkItem className="mi" render={render} closeOnClick>
      {icon && <Icon of={icon} />}
      <span className="grow tr">{children}</span>
      {keys && <Kbd keys={keys} />}
    </Base.LinkItem>
  )
}

type Choice<V extends string> = { value: V; label: ReactNode; icon?: ReactNode; keys?: string; disabled?: boolean }

/** One of several; the chosen one carries a tick. */
export function MenuChoices<V extends string>(props: {
  value: V | null
  onChange: (value: V) => void
  choices: readonly Choice<V>[]
  label?: ReactNode
}) {
  return (
    <Base.Group>
      {props.label && <Base.GroupLabel className="mlabel">{props.label}</Base.GroupLabel>}
      <Base.RadioGroup value={props.value} onValueChange={(value: V) => props.onChange(value)}>
        {props.choices.map((choice) => (
          <Base.RadioItem
            className="mi"
            key={choice.value}
            value={choice.value}
            disabled={choice.disabled}
            closeOnClick
          >
            {choice.icon}
            <span className="grow tr">{choice.label}</span>
            {choice.keys && <Kbd keys={choice.keys} />}
            <Base.RadioItemIndicator render={<Icon of={Check} size="s" />} />
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="mlabel tr">{children}</div>
}

export const MenuSeparator = () => <Base.Separator render={<hr />} />
