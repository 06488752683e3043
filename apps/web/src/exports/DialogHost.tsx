/** Draws the dialog that was asked for; their code comes with the first. */

import { lazy, Suspense } from 'react'
import { loadLate } from '../app/load-late.ts'
import { useStore } from '../app/store.ts'
import { asked } from './asked.ts'

const AskedDialog = lazy(() => loadLate(() => import('./AskedDialog.tsx')))

export function DialogHost() {
  const open = useStore(asked)
  if (!open) return null
  return (
    <Suspense>
      <AskedDialog asked={open} onClose={() => asked.set((now) => (now === open ? null : now))} />
    </Suspense>
  )
}
