/** After contacts became one, or two again: what names them is read anew. */
import { call } from '@earshot/client'
import { type Contact, unmergeContacts } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { putContact } from '../conversations/cache.ts'
import { toast } from '../ui/Toasts.tsx'
import './texts.ts'

export function useContactsMerged() {
  const cache = useQueryClient()
  const merged = (contacts: Contact[]) => {
    for (const contact of contacts) putContact(cache, contact)
    // The conversations themselves come by the feed, each with its contact.
    void cache.invalidateQueries({ queryKey: ['contacts'] })
  }
  return { merged }
}

export function useUnmerge() {
  const { t } = useTranslation('merging')
  const { merged } = useContactsMerged()
  return useMutation({
    mutationFn: ({ id, mergeId }: { id: string; mergeId: string }) =>
      call(unmergeContacts, { params: { id }, body: { mergeId } }),
    onSuccess: ({ contact, other }) => {
      merged([contact, other])
      toast.done(t('contacts.undone'))
    },
    onError: tellProblem,
  })
}
