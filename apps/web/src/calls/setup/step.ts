/** One step of the first call, as the screen frames it. */
import type { ReactNode } from 'react'

export type StepProps = { at: number; isDone: boolean; isNow?: boolean; title: string; children: ReactNode }
