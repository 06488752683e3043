/** Toasts: what just happened, with Undo for 8 seconds; F6 moves focus to them. */
import { Toast } from '@base-ui/react/toast'
import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import X from 'lucide-react/icons/x'
import { Button, IconButton } from './Button.tsx'
import { Icon, type IconShape } from './Icon.tsx'
import { useWords } from './words.tsx'

const UNDO_MS = 8_000
const TOLD_MS = 5_000
const FAILED_MS = 15_000

type Action = { label: string; run: () => void }
type Shown = { icon?: IconShape; busy?: boolean; action?: Action; undo?: () => void }

const manager = Toast.createToastManager<Shown>()

type Options = { icon?: IconShape; action?: Action }

/** Says what happened. A failure stays longer and is announced at once. */
export const toast = {
  done: (title: string, options: Options = {}) =>
    manager.add({ title, timeout: TOLD_MS, data: { icon: Check, ...options } }),
  failed: (title: string, options: Options = {}) =>
    manager.add({ title, timeout: FAILED_MS, priority: 'high', data: { icon: CircleAlert, ...options } }),
  /** Already done, and reversible for 8 seconds (the clock stops on hover and focus). */
  undoable: (title: string, undo: () => void, icon: IconShape = Check) =>
    manager.add({ title, timeout: UNDO_MS, data: { icon, undo } }),
  /** Work in the background; close it with the returned id when the work ends. */
  busy: (title: string) => manager.add({ title, timeout: 0, data: { busy: true } }),
  close: (id: string) => manager.close(id),
}

export function Toasts() {
  const words = useWords()
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport className="toasts" aria-label={words.notifications}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function List() {
  const { toasts } = Toast.useToastManager<Shown>()
  const words = useWords()
  return toasts.map((shown) => {
    const { icon, busy, action, undo } = shown.data ?? {}
    const run = (work: () => void) => {
      manager.close(shown.id)
      work()
    }
    return (
      <Toast.Root className="toast" toast={shown} key={shown.id} swipeDirection={['down', 'left', 'right']}>
        {busy ? <span className="spin" /> : icon && <Icon of={icon} size="s" />}
        <Toast.Title className="grow" render={<span />} />
        {undo && (
          <Button size="sm" keys="Z" onClick={() => run(undo)} data-undo>
            {words.undo}
          </Button>
        )}
        {action && (
          <Button size="sm" onClick={() => run(action.run)}>
            {action.label}
          </Button>
        )}
        <Toast.Close render={<IconButton size="sm" label={words.dismiss} icon={X} />} />
      </Toast.Root>
    )
  })
}
