/** Buttons: one primary action per region, the key of the next best action on its face. */
import clsx from 'clsx'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { Icon, type IconShape } from './Icon.tsx'
import { Kbd } from './Kbd.tsx'
import { Tooltip } from './Tooltip.tsx'

type Look = {
  variant?: 'default' | 'primary' | 'quiet' | 'danger' | 'destroy' | 'brand'
  size?: 'sm' | 'lg'
  full?: boolean
}

const VARIANT = { default: '', primary: 'pri', quiet: 'ghost', danger: 'danger', destroy: 'destroy', brand: 'brand' }

/** The classes of a button, for links that look like one. */
export function buttonClass({ variant = 'default', size, full }: Look = {}, extra?: string): string {
  return clsx('btn', VARIANT[variant], size, full && 'full', extra)
}

type ButtonProps = ComponentPropsWithRef<'button'> &
  Look & { icon?: IconShape; busy?: boolean; keys?: string; children?: ReactNode }

/** A busy button keeps its place and its focus but does nothing until it is done. */
export function Button({
  variant,
  size,
  full,
  icon,
  busy,
  keys,
  className,
  children,
  type,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={buttonClass({ variant, size, full }, className)}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className="spin" /> : icon && <Icon of={icon} size={size === 'sm' ? 's' : undefined} />}
      {children}
      {keys && <Kbd keys={keys} />}
    </button>
  )
}

type IconButtonProps = ComponentPropsWithRef<'button'> & {
  /** The accessible name, also the tooltip. */
  label: string
  icon: IconShape
  size?: 'sm'
  pressed?: boolean
  keys?: string
}

export function IconButton({ label, icon, size, pressed, keys, className, type, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys}>
      <button
        {...rest}
        type={type ?? 'button'}
        className={clsx('ib', size, className)}
        aria-label={label}
        aria-pressed={pressed}
      >
        <Icon of={icon} size={size === 'sm' ? 's' : undefined} />
      </button>
    </Tooltip>
  )
}
