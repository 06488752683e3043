/** The words of the table, and what its reader may do: found once for all rows, as each look-up by each of hundreds of cells costs. */
import type { TFunction } from 'i18next'
import { createContext, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import type { Hit } from '../queries.ts'

export interface Say {
  t: TFunction<'table'>
  words: TFunction<'conversations'>
  deletion: TFunction<'deletion'>
  mayDelete: boolean
  onOpen: (row: Hit) => void
}

export const SayContext = createContext<Say | null>(null)

/** For the table itself, which hands it to its rows. */
export function useWhatToSay(onOpen: Say['onOpen']): Say {
  const { t } = useTranslation('table')
  const { t: words } = useTranslation('conversations')
  const { t: deletion } = useTranslation('deletion')
  const mayDelete = useMay('supervisor')
  return useMemo(() => ({ t, words, deletion, mayDelete, onOpen }), [t, words, deletion, mayDelete, onOpen])
}

export function useSay(): Say {
  const say = useContext(SayContext)
  if (!say) throw new Error('A row was drawn outside the table')
  return say
}
