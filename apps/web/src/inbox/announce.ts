/** What a screen reader hears about the queue: one line at a time, politely. */
import { createStore, useStore } from '../app/store.ts'

const said = createStore('')

export const announce = (words: string) => said.set(words)
export const useAnnounced = () => useStore(said)
