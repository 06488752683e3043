/** Of all that can sound on a screen, one does: whoever begins ends the other. */
let endOther: (() => void) | undefined

export function beginSound(end: () => void): void {
  if (endOther !== end) endOther?.()
  endOther = end
}
