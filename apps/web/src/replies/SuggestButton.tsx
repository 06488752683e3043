/** Suggest a reply: what the agent would say, put into the box to be edited. It is never sent by itself. */
import { call } from '@earshot/client'
import { type Conversation, suggestReply } from '@earshot/contracts'
import { useMutation } from '@tanstack/react-query'
import Sparkles from 'lucide-react/icons/sparkles'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { agentName } from '../conversations/names.ts'
import { IconButton } from '../ui/Button.tsx'
import { toast } from '../ui/Toasts.tsx'

type Props = { conversation: Conversation; onText: (text: string) => void }

export function SuggestButton({ conversation, onText }: Props) {
  const { t } = useTranslation('replies')
  const { t: words } = useTranslation('conversations')
  const agent = agentName(conversation, words)
  const ask = useMutation({
    mutationFn: () => call(suggestReply, { params: { id: conversation.id } }),
    onSuccess: ({ text }) => {
      if (text) onText(text)
      toast.done(t(text ? 'suggest.made' : 'suggest.nothing', { agent }))
    },
    onError: tellProblem,
  })
  return (
    <IconButton
      label={t('suggest.from', { agent })}
      icon={Sparkles}
      disabled={ask.isPending}
      aria-busy={ask.isPending}
      onClick={() => ask.mutate()}
    />
  )
}
