/** Values of a review in words: points, how far it was resolved, how it ended, which stage. */
import type { ReviewOverride, Stage } from '@earshot/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { codeWords } from '../conversations/code-words.ts'
import { stagesQuery } from '../conversations/queries.ts'

export type Field = ReviewOverride['field']
type Value = ReviewOverride['review']

export const RESOLUTIONS = [
  'unknown',
  'not_resolved',
  'claimed',
  'executed',
  'confirmed',
  'verified',
  'revoked',
] as const
export const OUTCOMES = ['completed', 'abandoned', 'failed', 'transferred'] as const

const isOneOf = <T extends string>(values: readonly T[], value: Value): value is T =>
  values.some((one) => one === value)

/** The name of a part or verdict, and its value in words. */
export function useValueWords() {
  const { t } = useTranslation(['quality', 'conversations', 'table'])
  const { data: stages = [] } = useQuery(stagesQuery)
  return {
    name: (field: Field, part: string | null) =>
      field === 'part' ? codeWords('quality.part', part ?? '') : t(`field.${field}`),
    value: (field: Field, value: Value) => {
      if (value === null) return t('nothing')
      if (field === 'resolution' && isOneOf(RESOLUTIONS, value)) return t(`conversations:resolution.${value}.word`)
      if (field === 'outcome' && isOneOf(OUTCOMES, value)) return t(`conversations:outcome.${value}`)
      if (field === 'stage') return nameOf(stages, String(value))
      return String(value)
    },
    stages,
  }
}

const nameOf = (stages: readonly Stage[], key: string): string => stages.find((one) => one.key === key)?.name ?? key
