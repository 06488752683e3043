/** An icon at one of the four drawn sizes; silent to screen readers, so its control carries the name. */
import clsx from 'clsx'
import type { ComponentType } from 'react'

/** What `lucide-react/icons/<name>` and our own brand marks export. */
export type IconShape = ComponentType<{ className?: string; 'aria-hidden'?: boolean }>
export type IconSize = 'xs' | 's' | 'l'

export function Icon({ of: Shape, size, className }: { of: IconShape; size?: IconSize; className?: string }) {
  return <Shape className={clsx('i', size, className)} aria-hidden />
}
