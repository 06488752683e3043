/** A small surface beside its button, for a form or an explanation that is not a menu. */
import { Popover as Base } from '@base-ui/react/popover'
import clsx from 'clsx'
import type { ReactElement, ReactNode } from 'react'

type Props = {
  trigger: ReactElement
  children: ReactNode
  label: string
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom'
  className?: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
}

export function Popover({
  trigger,
  children,
  label,
  align = 'start',
  side = 'bottom',
  className,
  open,
  onOpenChange,
}: Props) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange && ((next) => onOpenChange(next))}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="floating" align={align} side={side} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={clsx('menu', className)} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
