/** Modal dialogs: focus is trapped, starts on the safe choice and returns to where it came from. */
import { Dialog as Base } from '@base-ui/react/dialog'
import clsx from 'clsx'
import type { ReactNode, RefObject } from 'react'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** Becomes the accessible description. */
  description?: ReactNode
  children?: ReactNode
  /** The actions, safe choice first; a `<span className="grow" />` pushes the rest to the end. */
  footer?: ReactNode
  size?: 'lg' | 'xl'
  /** An interruption that wants an answer: announced at once. */
  alert?: boolean
  initialFocus?: RefObject<HTMLElement | null>
  onSubmit?: () => void
}

export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size,
  alert,
  initialFocus,
  onSubmit,
}: Props) {
  const body = (
    <>
      <div className="db">
        <Base.Title className="title">{title}</Base.Title>
        {description && <Base.Description className="t2">{description}</Base.Description>}
        {children}
      </div>
      {footer && <div className="df">{footer}</div>}
    </>
  )
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="overlay">
          <Base.Popup
            className={clsx('dialog', size)}
            role={alert ? 'alertdialog' : 'dialog'}
            initialFocus={initialFocus}
          >
            {onSubmit ? (
              <form
                onSubmit={(event) => {
                  event.preventDefault()
                  onSubmit()
                }}
              >
                {body}
              </form>
            ) : (
              body
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

type TopProps = Pick<Props, 'open' | 'onOpenChange' | 'children'> & {
  label: string
  /** Where focus goes afterwards; without it, back to where it was. */
  finalFocus?: () => HTMLElement | null
}

/** A bare popup at the top of the screen, for the palette. */
export function TopDialog({ open, onOpenChange, label, children, finalFocus }: TopProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="overlay up">
          <Base.Popup className="palette" aria-label={label} finalFocus={finalFocus}>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
