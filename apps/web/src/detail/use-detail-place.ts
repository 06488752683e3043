/** Which tab is open and which line is to be read; a place to read always opens the transcription. */
import { useMemo, useState } from 'react'
import type { Reading } from '../conversations/thread/reading.tsx'
import type { Tab } from './DetailTabs.tsx'

interface Place {
  id: string
  given: number | undefined
  at: number | undefined
}

export function useDetailPlace(
  id: string,
  given: number | undefined,
): { tab: Tab; setTab: (tab: Tab) => void; reading: Reading } {
  const [tab, setTab] = useState<Tab>(given === undefined ? 'overview' : 'transcription')
  const [place, setPlace] = useState<Place>({ id, given, at: given })
  if (place.id !== id || place.given !== given) {
    setPlace({ id, given, at: given })
    if (given !== undefined) setTab('transcription')
  }
  const { at } = place
  const reading = useMemo(
    (): Reading => ({
      at,
      goTo: (position) => {
        setTab('transcription')
        setPlace((was) => ({ ...was, at: position }))
      },
      leavePlace: () => setPlace((was) => ({ ...was, at: undefined })),
    }),
    [at],
  )
  return { tab, setTab, reading }
}
