/** A word, and the key that does the same, beside what the pointer or focus is on. */
import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { Kbd } from './Kbd.tsx'

type Props = {
  label: string
  keys?: string
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end'
  children: ReactElement
}

export function Tooltip({ label, keys, side = 'bottom', children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="floating" side={side} sideOffset={6}>
          <Base.Popup className="tip">
            <span>{label}</span>
            {keys && <Kbd keys={keys} />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

export const TooltipProvider = Base.Provider
