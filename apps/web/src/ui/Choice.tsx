/** Checkboxes, switches, cards of which one is chosen, segmented controls. */
import clsx from 'clsx'
import { type ChangeEvent, type ComponentPropsWithRef, type ReactNode, useEffect, useId, useRef } from 'react'

type CheckProps = Omit<ComponentPropsWithRef<'input'>, 'type' | 'onChange'> & { onChange?: (on: boolean) => void }

/** `mixed` draws the bar of a partly selected group. With `children` the words are clickable too. */
export function Checkbox({
  mixed,
  children,
  onChange,
  className,
  ...rest
}: CheckProps & { mixed?: boolean; children?: ReactNode }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.indeterminate = Boolean(mixed)
  }, [mixed])
  const props = { ...rest, ref: input, type: 'checkbox', className: clsx('check', mixed && 'mix', className) }
  const told = (event: ChangeEvent<HTMLInputElement>) => onChange?.(event.target.checked)
  if (!children) return <input {...props} onChange={told} />
  return (
    <label className="row check-line">
      <input {...props} onChange={told} />
      <span>{children}</span>
    </label>
  )
}

export function Switch({ label, onChange, ...rest }: CheckProps & { label: string }) {
  return (
    <input
      {...rest}
      type="checkbox"
      role="switch"
      aria-checked={rest.checked}
      className="switch"
      aria-label={label}
      onChange={(event) => onChange?.(event.target.checked)}
    />
  )
}

type Card<V extends string> = { value: V; title: ReactNode; text?: ReactNode; icon?: ReactNode; aside?: ReactNode }

type CardsProps<V extends string> = {
  label: string
  value: V | null
  onChange: (value: V) => void
  options: readonly Card<V>[]
  /** `modes`: up to three beside each other. `pick`: a grid that fills. */
  layout?: 'modes' | 'pick'
}

/** Cards of which one is chosen; a real radio group, so arrow keys work. */
export function RadioCards<V extends string>({ label, value, onChange, options, layout = 'modes' }: CardsProps<V>) {
  const name = useId()
  return (
    <div className={layout} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label className={layout === 'modes' ? 'mode' : undefined} key={option.value}>
          <span className="row">
            {option.icon}
            <span className="strong grow">{option.title}</span>
            <input
              type="radio"
              className="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
          </span>
          {(option.text || option.aside) && (
            <span className={clsx('row small', layout === 'modes' ? 't2 mode-text' : 't3')}>
              <span className="grow">{option.text}</span>
              {option.aside && <span className="num">{option.aside}</span>}
            </span>
          )}
        </label>
      ))}
    </div>
  )
}

type SegmentedProps<V extends string> = {
  label: string
  value: V
  onChange: (value: V) => void
  options: readonly { value: V; label: ReactNode }[]
}

export function Segmented<V extends string>({ label, value, onChange, options }: SegmentedProps<V>) {
  return (
    <fieldset className="seg" aria-label={label}>
      {options.map((option) => (
        <button
          type="button"
          key={option.value}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
