/** Asks once before something a contact feels, or something that cannot be undone. */
import { type ReactNode, useId, useRef, useState } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  /** The verb, the same as in the title and in the toast after it. */
  verb: string
  cancel: string
  destructive?: boolean
  busy?: boolean
  /** When given, the destroy button stays off until exactly this has been typed. */
  phrase?: { text: string; label: ReactNode }
  /** A milder way out, at the start of the footer. */
  alternative?: ReactNode
  children?: ReactNode
  onConfirm: () => void
}

export function ConfirmDialog(props: Props) {
  const { open, onOpenChange, title, description, verb, cancel, destructive, busy, phrase, alternative, children } =
    props
  const [typed, setTyped] = useState('')
  const safe = useRef<HTMLButtonElement>(null)
  const id = useId()
  const matches = !phrase || typed.trim() === phrase.text
  const confirm = () => {
    if (matches && !busy) props.onConfirm()
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setTyped('')
        onOpenChange(next)
      }}
      title={title}
      description={description}
      alert={destructive}
      initialFocus={safe}
      onSubmit={confirm}
      footer={
        <>
          {alternative}
          <span className="grow" />
          <Button ref={safe} onClick={() => onOpenChange(false)}>
            {cancel}
          </Button>
          <Button type="submit" variant={destructive ? 'destroy' : 'primary'} busy={busy} disabled={!matches}>
            {verb}
          </Button>
        </>
      }
    >
      {children}
      {phrase && (
        <div className="field">
          <label htmlFor={id}>{phrase.label}</label>
          <input
            className="input"
            id={id}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
      )}
    </Dialog>
  )
}
