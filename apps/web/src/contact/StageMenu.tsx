/** Where the conversation stands in the pipeline; an operator's choice is never overwritten by a review. */
import { call } from '@earshot/client'
import { type Conversation, changeConversation, type Stage as StageRow } from '@earshot/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tellProblem } from '../app/problem.ts'
import { useMay, useSession } from '../app/session.ts'
import { useShortcuts } from '../app/shortcuts.ts'
import { changeAtOnce } from '../conversations/cache.ts'
import { stagesQuery } from '../conversations/queries.ts'
import { usePutConversation } from '../conversations/use-put-conversation.ts'
import { Icon } from '../ui/Icon.tsx'
import { Menu, MenuChoices } from '../ui/Menu.tsx'
import { Stage, StageGlyph } from '../ui/Stage.tsx'
import { toast } from '../ui/Toasts.tsx'

export function StageMenu({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('conversations')
  const may = useMay('operator')
  const [open, setOpen] = useState(false)
  const { data: stages = [] } = useQuery(stagesQuery)
  const { stage } = conversation
  const choose = useSetStage(conversation, stages)
  useShortcuts(may ? [{ keys: 'S', group: 'act', label: t('keys.stage'), run: () => setOpen(true) }] : [])
  const drawn = <Stage stageKey={stage.key} category={stage.category} color={stage.color} name={stage.name} />
  if (!may) return drawn
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="copy" aria-label={t('panel.setStage', { stage: stage.name })}>
          {drawn}
          <Icon of={ChevronDown} size="xs" />
        </button>
      }
    >
      <MenuChoices
        value={stage.key}
        onChange={choose}
        choices={stages.map((one) => ({
          value: one.key,
          label: one.name,
          icon: <StageGlyph stageKey={one.key} category={one.category} color={one.color} />,
        }))}
      />
    </Menu>
  )
}

function useSetStage(conversation: Conversation, stages: readonly StageRow[]) {
  const { t } = useTranslation('conversations')
  const cache = useQueryClient()
  const { member } = useSession()
  const put = usePutConversation()
  const { id } = conversation
  const set = useMutation({
    mutationFn: (stage: string) => call(changeConversation, { params: { id }, body: { stage } }),
    onMutate: (key) => {
      const chosen = stages.find((one) => one.key === key)
      if (!chosen) return { takeBack: () => {} }
      return {
        takeBack: changeAtOnce(cache, id, member.id, {
          stage: { key, name: chosen.name, category: chosen.category, color: chosen.color },
        }),
      }
    },
    onSuccess: put,
    onError: (error, _, context) => {
      context?.takeBack()
      tellProblem(error)
    },
  })
  return (key: string) => {
    const before = conversation.stage.key
    if (key === before) return
    const name = stages.find((one) => one.key === key)?.name ?? key
    set.mutate(key, {
      onSuccess: () => void toast.undoable(t('done.stage', { stage: name }), () => set.mutate(before)),
    })
  }
}
