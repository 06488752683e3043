/** Edits on top of what the server holds: fields nobody touched keep following the server. */
import { useState } from 'react'

export type Draft<T> = {
  value: T
  change: (edits: Partial<T>) => void
  /** What differs from the server, ready to be sent. */
  edits: Partial<T>
  changed: boolean
  reset: () => void
}

export function useDraft<T extends object>(original: T): Draft<T> {
  const [touched, setTouched] = useState<Partial<T>>({})
  const edits: Partial<T> = {}
  for (const key in touched) if (!same(touched[key], original[key])) edits[key] = touched[key]
  return {
    value: { ...original, ...touched },
    change: (more) => setTouched((before) => ({ ...before, ...more })),
    edits,
    changed: Object.keys(edits).length > 0,
    reset: () => setTouched({}),
  }
}

const same = (a: unknown, b: unknown) => Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b)
