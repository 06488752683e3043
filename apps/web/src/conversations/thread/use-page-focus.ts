/** Whether somebody is looking: the tab is in front and its window has the focus. */
import { useSyncExternalStore } from 'react'

const looking = () => document.visibilityState === 'visible' && document.hasFocus()

export const usePageFocus = () => useSyncExternalStore(subscribe, looking)

function subscribe(changed: () => void): () => void {
  window.addEventListener('focus', changed)
  window.addEventListener('blur', changed)
  document.addEventListener('visibilitychange', changed)
  return () => {
    window.removeEventListener('focus', changed)
    window.removeEventListener('blur', changed)
    document.removeEventListener('visibilitychange', changed)
  }
}
