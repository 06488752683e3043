/** Puts the cursor where the next words go. */
import type { WritingKind } from './mode.ts'

/** A dialog that is closing still holds the focus for a moment: this many frames are waited for it. */
const PATIENCE = 60

/** At once when the field is there, so that not one key that follows is taken for a shortcut. */
export function focusComposer(kind: WritingKind, patience = PATIENCE): void {
  const field = document.querySelector<HTMLTextAreaElement>(`[data-composer=${kind}]`)
  if (field && !document.querySelector('.overlay')) field.focus()
  else if (patience > 0) requestAnimationFrame(() => focusComposer(kind, patience - 1))
}
