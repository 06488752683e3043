/** Sends what was changed of a channel; the list is corrected at once. */
import { call } from '@earshot/client'
import { changeChannel } from '@earshot/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../../app/problem.ts'
import { channelsQuery } from '../../app/queries.ts'
import { toast } from '../../ui/Toasts.tsx'
import { type ChannelFields, originsOf } from './ChannelForm.tsx'

export function useSaveChannel(id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (edits: Partial<ChannelFields>) => call(changeChannel, { params: { id }, body: bodyOf(edits) }),
    onSuccess: (channel) => {
      queries.setQueryData(channelsQuery.queryKey, (all) => all?.map((one) => (one.id === id ? channel : one)))
      toast.done(t('saved'))
    },
    onError: tellProblem,
  })
}

function bodyOf({ origins, color, greeting, showPoweredBy, tracking, voice, ...rest }: Partial<ChannelFields>) {
  const allowedOrigins = origins === undefined ? undefined : originsOf(origins)
  return { ...rest, widget: { allowedOrigins, color, greeting, showPoweredBy, tracking, voice } }
}
