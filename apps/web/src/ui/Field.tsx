/** Labelled fields: the label, a hint or an error that says what to do, and the control between them. */

import clsx from 'clsx'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { type ComponentPropsWithRef, type ReactNode, useId, useState } from 'react'
import { IconButton } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { useWords } from './words.tsx'

type Around = { label: ReactNode; hint?: ReactNode; error?: ReactNode }

/** Puts a label, hint and error around any control and tells the control how they are called. */
export function Field({ label, hint, error, children }: Around & { children: (control: ControlProps) => ReactNode }) {
  const id = useId()
  const described = error || hint ? `${id}-said` : undefined
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error ? true : undefined })}
      {error ? (
        <span className="errmsg" id={described} role="alert">
          <Icon of={CircleAlert} size="xs" />
          {error}
        </span>
      ) : (
        hint && (
          <span className="hint" id={described}>
            {hint}
          </span>
        )
      )}
    </div>
  )
}

type ControlProps = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }
type InputProps = Omit<ComponentPropsWithRef<'input'>, 'size'> & { large?: boolean }

/** A bare input in the drawn look; inside `.frow` it wants an `aria-label`. */
export function Input({ large, className, ...rest }: InputProps) {
  return <input {...rest} className={clsx('input', large && 'lg', rest['aria-invalid'] && 'err', className)} />
}

export function TextField({ label, hint, error, ...rest }: Around & InputProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <Input {...rest} {...control} />}
    </Field>
  )
}

export function TextArea({ label, hint, error, className, ...rest }: Around & ComponentPropsWithRef<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <textarea {...rest} {...control} className={clsx('textarea', className)} />}
    </Field>
  )
}

export function PasswordField({ label, hint, error, large, dir, ...rest }: Around & InputProps) {
  const [shown, setShown] = useState(false)
  const words = useWords()
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <span className="reveal" dir={dir}>
          <Input
            {...rest}
            {...control}
            large={large}
            type={shown ? 'text' : 'password'}
            spellCheck={false}
            autoCapitalize="none"
          />
          <IconButton
            size="sm"
            label={shown ? words.hidePassword : words.showPassword}
            icon={shown ? EyeOff : Eye}
            onClick={() => setShown(!shown)}
          />
        </span>
      )}
    </Field>
  )
}
