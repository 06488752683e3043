/** The few words the design system says by itself; the app hands them over translated. */
import { createContext, type ReactNode, useContext } from 'react'

export type Words = {
  close: string
  dismiss: string
  undo: string
  copy: string
  copied: string
  copyFailed: string
  showPassword: string
  hidePassword: string
  loading: string
  details: string
  /** Shown in place of an image that a message wanted to load from elsewhere. */
  imageFrom: (host: string) => string
  notifications: string
}

const English: Words = {
  close: 'Close',
  dismiss: 'Dismiss',
  undo: 'Undo',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Could not copy',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  loading: 'Loading',
  details: 'Details',
  imageFrom: (host) => `Image from ${host}`,
  notifications: 'Notifications',
}

const WordsContext = createContext<Words>(English)
export const useWords = () => useContext(WordsContext)

export function WordsProvider({ words, children }: { words: Words; children: ReactNode }) {
  return <WordsContext value={words}>{children}</WordsContext>
}
