/** The draft in the editor: kept when it is looked at, switched on only as it was looked at, overtaken when somebody else changed it. */
import type { Rubric, RubricState } from '@earshot/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from '../../ui/Toasts.tsx'
import { useRubricCommands } from './use-rubric.ts'

export function useDraft({ current, draft }: RubricState) {
  const { t } = useTranslation('rubric')
  const { saveDraft, discard, preview, switchOn } = useRubricCommands()
  const [rubric, setRubric] = useState<Rubric>(draft?.rubric ?? current.rubric)
  const [saved, setSaved] = useState(draft)
  // What was looked at; a change afterwards wants another look.
  const [looked, setLooked] = useState<Rubric | null>(null)
  const mine = Math.max(saved?.revision ?? 0, saveDraft.data?.revision ?? 0)
  const overtakenBy = draft !== null && !saveDraft.isPending && draft.revision > mine ? draft : null

  function takeTheirs() {
    if (!draft) return
    setRubric(draft.rubric)
    setSaved(draft)
    setLooked(null)
  }
  async function look() {
    const isKept = saved !== null && JSON.stringify(saved.rubric) === JSON.stringify(rubric)
    if (!isKept) setSaved(await saveDraft.mutateAsync({ rubric, revision: saved?.revision ?? 0 }))
    await preview.mutateAsync(rubric)
    setLooked(rubric)
  }
  function goOn(note: string) {
    if (!saved) return
    switchOn.mutate(
      { revision: saved.revision, note },
      { onSuccess: (state) => void toast.done(t('switchedOn', { version: state.current.version })) },
    )
  }
  const throwAway = () =>
    discard.mutate(undefined, {
      onSuccess: (state) => {
        setRubric(state.current.rubric)
        setSaved(null)
        setLooked(null)
        toast.done(t('discarded', { version: state.current.version }))
      },
    })
  return {
    rubric,
    setRubric,
    saved,
    overtakenBy,
    takeTheirs,
    look: () => void look().catch(() => undefined),
    isLooking: preview.isPending || saveDraft.isPending,
    isLooked: looked === rubric,
    preview: looked === rubric ? preview.data : undefined,
    goOn,
    isGoingOn: switchOn.isPending,
    throwAway,
    isThrowing: discard.isPending,
    isChanged: JSON.stringify(rubric) !== JSON.stringify(current.rubric),
  }
}
