/** A sheet that slides over the end of the work; the work stays where it was. */
import { Dialog as Base } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { IconButton } from './Button.tsx'
import { useWords } from './words.tsx'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  children: ReactNode
  actions?: ReactNode
}

export function SideSheet({ open, onOpenChange, title, children, actions }: Props) {
  const words = useWords()
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Viewport className="overlay">
          <Base.Popup className="side">
            <div className="bar">
              <Base.Title className="title grow">{title}</Base.Title>
              {actions}
              <IconButton label={words.close} keys="Esc" icon={X} onClick={() => onOpenChange(false)} />
            </div>
            <div className="scroll grow">{children}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}
