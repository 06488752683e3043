/** Where the reader is inside a conversation, wherever it is drawn: split, panel or page of its own. */
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useAddress } from '../use-address.ts'

export interface Reading {
  /** The entry to show: a search hit or a quoted line. */
  at: number | undefined
  goTo: (position: number) => void
  /** Done with the place, so that asking for it once more is a change again. */
  leavePlace: () => void
}

const ReadingContext = createContext<Reading | null>(null)

const NOWHERE: Reading = { at: undefined, goTo: () => {}, leavePlace: () => {} }

export const useReading = (): Reading => useContext(ReadingContext) ?? NOWHERE

export function ReadingPlace({ value, children }: { value: Reading; children: ReactNode }) {
  return <ReadingContext value={value}>{children}</ReadingContext>
}

/** In the split the address bar is the place. */
export function SplitReading({ children }: { children: ReactNode }) {
  const { search, goTo, leavePlace } = useAddress()
  const { at } = search
  const value = useMemo(() => ({ at, goTo, leavePlace }), [at, goTo, leavePlace])
  return <ReadingPlace value={value}>{children}</ReadingPlace>
}
