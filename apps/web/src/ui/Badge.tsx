/** Badges, chips, tags and the unread count. */

import clsx from 'clsx'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { Icon, type IconShape } from './Icon.tsx'

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'cust' | 'note'

export function Badge({
  tone,
  icon,
  className,
  children,
}: {
  tone?: Tone
  icon?: IconShape
  className?: string
  children: ReactNode
}) {
  return (
    <span className={clsx('badge', tone, className)}>
      {icon && <Icon of={icon} size="xs" />}
      {children}
    </span>
  )
}

type ChipProps = {
  field?: ReactNode
  operator?: ReactNode
  value: ReactNode
  /** The accessible name of the cross; without it the chip cannot be removed. */
  removeLabel?: string
  onRemove?: () => void
}

/** One filter or one value that can be taken away again. */
export function Chip({ field, operator, value, removeLabel, onRemove }: ChipProps) {
  return (
    <span className="chip">
      {field && <span className="k">{field}</span>}
      {operator && <span className="op">{operator}</span>}
      <span className={clsx('v', !field && 'alone')}>{value}</span>
      {onRemove && (
        <button type="button" aria-label={removeLabel} onClick={onRemove}>
          <Icon of={X} size="xs" />
        </button>
      )}
    </span>
  )
}

/** `key: value`; the value ends with an ellipsis when there is no room. */
export function Tag({ name, value }: { name: string; value: string }) {
  return (
    <span className="tag">
      <span className="tr" dir="auto">
        <i>{name}:</i>
        {value}
      </span>
    </span>
  )
}

export function Unread({ count, label }: { count: number; label: string }) {
  if (count === 0) return null
  return (
    <span className="unread" role="img" aria-label={label}>
      {count > 99 ? '99+' : count}
    </span>
  )
}
