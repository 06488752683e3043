/** A step of a macro in a few words. */
import type { MacroStep } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { stagesQuery } from '../conversations/queries.ts'

export function useStepWords(): (step: MacroStep) => string {
  const { t } = useTranslation('replies')
  const { data: stages = [] } = useQuery(stagesQuery)
  return (step) => {
    if (step.type === 'reply' || step.type === 'note') return t(`macro.said.${step.type}`, { text: short(step.text) })
    if (step.type === 'assign_me') return t('macro.said.assign_me')
    const { action } = step
    if (action.type === 'stage')
      return t('macro.said.stage', { name: stages.find(({ key }) => key === action.stage)?.name ?? action.stage })
    if (action.type === 'tags')
      return t('macro.said.tag', {
        name: action.add.map(({ key, value }) => (value ? `${key}:${value}` : key)).join(', '),
      })
    if (action.type === 'priority') return t('macro.said.priority', { name: t(`macro.priority.${action.priority}`) })
    if (action.type === 'close' || action.type === 'snooze') return t(`macro.said.${action.type}`)
    return t('macro.said.other', { name: action.type })
  }
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
